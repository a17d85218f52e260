# docker build -t laodoc .
# docker run --rm --network none --user "$(id -u):$(id -g)" -v "$PWD:/work" laodoc scan letter.pdf -o letter.json
FROM debian:12-slim AS build
RUN apt-get update \
 && apt-get install -y --no-install-recommends python3 python3-venv \
 && rm -rf /var/lib/apt/lists/*
RUN python3 -m venv /opt/laodoc \
 && /opt/laodoc/bin/pip install --no-cache-dir --upgrade pip
WORKDIR /source
COPY . .
RUN /opt/laodoc/bin/pip install --no-cache-dir '.[serve]'

FROM debian:12-slim
# fonts and libfribidi0 draw the pictures of --debug
RUN apt-get update \
 && apt-get install -y --no-install-recommends python3 poppler-utils fonts-tlwg-laksaman-ttf libfribidi0 \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --create-home --uid 1000 laodoc
COPY --from=build /opt/laodoc /opt/laodoc
ENV PATH=/opt/laodoc/bin:$PATH \
    LANG=C.UTF-8
USER laodoc
WORKDIR /work
ENTRYPOINT ["laodoc"]
CMD ["--help"]
