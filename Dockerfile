FROM python:3.12-slim
WORKDIR /opt/nhacviec
COPY requirements.lock ./
RUN pip install --no-cache-dir --require-hashes -r requirements.lock
COPY bot bot
COPY handlers handlers
COPY scheduler scheduler
COPY storage storage
RUN useradd --system --create-home --home-dir /var/lib/nhacviec nhacviec
USER nhacviec
ENV DATA_DIR=/var/lib/nhacviec PYTHONUNBUFFERED=1
VOLUME /var/lib/nhacviec
# One container for one bot: two would answer everybody twice.
CMD ["python", "-m", "bot", "run"]
