# The service. The database is in compose.yaml.
FROM node:20-bookworm-slim AS libraries
WORKDIR /app
COPY package.json package-lock.json .npmrc libman.json ./
COPY scripts/libman.mjs scripts/
RUN npm ci --omit=dev && node scripts/libman.mjs

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /app
COPY . .
COPY --from=libraries /app/wwwroot/lib wwwroot/lib
# For this platform alone: SQLite, by which GeoPackages are read, comes for a dozen.
RUN dotnet publish src/GeoCivic -c Release -o /out -p:RunAnalyzers=false --use-current-runtime --no-self-contained

FROM mcr.microsoft.com/dotnet/aspnet:10.0
WORKDIR /app
COPY --from=build /out .
ENV GEOCIVIC_ROOT=/app
RUN mkdir /photos && chown app /photos
USER app
EXPOSE 5080
ENTRYPOINT ["dotnet", "geocivic.dll"]
CMD ["serve", "--urls", "http://0.0.0.0:5080"]
