FROM python:3.12-slim

RUN apt-get update \
    && apt-get install -y --no-install-recommends fonts-noto-cjk \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --create-home --uid 10001 heng

WORKDIR /srv/heng
COPY requirements.txt .
RUN pip install --no-cache-dir -r requirements.txt
COPY --chown=root:root . .
RUN mkdir -p /var/lib/heng && chown heng:heng /var/lib/heng && chmod 700 /var/lib/heng

USER heng
ENV HENG_HOME=/var/lib/heng PYTHONUNBUFFERED=1
VOLUME /var/lib/heng
EXPOSE 8501
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
    CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8501/healthz', timeout=4)"]
CMD ["sh", "-c", "python -m loaders sample --if-empty && exec python app.py --host 0.0.0.0 --port 8501"]
