# The laboratory with what a cluster needs: docs/cluster.md says how it is used.
FROM python:3.11-slim
WORKDIR /opt/lab
COPY pyproject.toml README.md LICENSE constraints.txt tokenmaxxing.py ./
COPY model ./model
COPY experiments ./experiments
COPY app ./app
COPY configs ./configs
# The cache is for any user: clusters choose one that is in no list and has no home.
RUN python -m pip install --no-cache-dir -c constraints.txt '.[cluster]' \
    && mkdir -m 1777 /var/cache/lab
ENV HOME=/var/cache/lab XDG_CACHE_HOME=/var/cache/lab MPLCONFIGDIR=/var/cache/lab/matplotlib
WORKDIR /var/cache/lab
USER 1000:1000
CMD ["tokenmaxxing", "--help"]
