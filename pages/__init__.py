"""Screens: Streamlit and charts live here and nowhere else."""
