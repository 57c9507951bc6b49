"""What every page uses: who asks, the words, the figures, the filters, the charts."""
