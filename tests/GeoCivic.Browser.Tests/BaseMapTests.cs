using System.Globalization;
using System.Net;
using System.Text.Json;
using GeoCivic.Browser.Tests.Running;
using GeoCivic.Spatial;

namespace GeoCivic.Browser.Tests;

/// <summary>A configured base map lies under the data where it belongs, whatever its datum.</summary>
[Collection(DemoCollection.Name)]
public sealed class BaseMapTests(DemoSite site)
{
    /// <summary>
    /// Half a pixel for the symbol's whole pixel and half for the tile's, and 0.65 for what the shift changes inside
    /// half a tile (largest value over the demo street, computed over all zooms from 12 to 18).
    /// </summary>
    private const double Tolerance = 1.65;

    [Theory]
    [InlineData("gcj02", "xyz", 16)]
    [InlineData("gcj02", "xyz", 18)]
    [InlineData("gcj02", "wmts", 17)]
    [InlineData("wgs84", "xyz", 17)]
    public async Task Every_symbol_stands_on_its_own_place_of_the_base_map(
        string datum,
        string kind,
        int zoom
    )
    {
        using var tiles = new TileServer();
        var path =
            kind == "wmts"
                ? "wmts?LAYER=vec&TILEMATRIX={TileMatrix}&TILEROW={TileRow}&TILECOL={TileCol}"
                : "{z}/{x}/{y}.png";
        await using var service = await RunningService.ServeAsync(
            site.ConnectionString,
            ("BaseMap__Url", tiles.Address + path),
            ("BaseMap__Kind", kind),
            ("BaseMap__Datum", datum),
            ("BaseMap__Attribution", "测试 <b>底图</b>"),
            ("BaseMap__MinZoom", "3"),
            ("BaseMap__MaxZoom", "18")
        );
        await Visit.MakeAsync(
            site,
            new Uri(service.Address, $"/?c=106.54950,29.56480&z={zoom}"),
            async page =>
            {
                await Expect(page.Locator(".symbol-marker[data-key^='point:']").First)
                    .ToBeVisibleAsync();
                await page.WaitForFunctionAsync(
                    "() => document.querySelectorAll('img.leaflet-tile').length > 8 && [...document.querySelectorAll('img.leaflet-tile')].every((tile) => tile.complete && tile.naturalWidth > 0)"
                );
                await Expect(page.Locator(".credit")).ToContainTextAsync("测试 <b>底图</b>");
                var seen = await LookAsync(page);
                var distances = seen
                    .Symbols.Select(symbol => DistancePixels(symbol, datum, zoom, seen.Tiles))
                    .Where(distance => distance is not null)
                    .ToList();
                Assert.True(distances.Count >= 10, $"only {distances.Count} symbols on tiles");
                Assert.All(distances, distance => Assert.InRange(distance!.Value, 0, Tolerance));
                Assert.True(CoversWindow(seen), "a part of the window has no tile");
            }
        );
    }

    /// <summary>How far the symbol is from where the base map shows its place; null where no tile shows it.</summary>
    private static double? DistancePixels(
        Symbol symbol,
        string datum,
        int zoom,
        Dictionary<(int X, int Y), (double Left, double Top)> tiles
    )
    {
        var (lon, lat) = (symbol.Lon, symbol.Lat);
        if (datum == "gcj02")
        {
            var shifted = Gcj02.FromWgs84(lon, lat);
            (lon, lat) = (shifted.Lon, shifted.Lat);
        }

        var size = 256 * Math.Pow(2, zoom);
        var x = ((lon / 360) + 0.5) * size;
        var y =
            (0.5 - (Math.Log(Math.Tan((Math.PI / 4) + (lat * Math.PI / 360))) / (2 * Math.PI)))
            * size;
        return tiles.TryGetValue(((int)(x / 256), (int)(y / 256)), out var tile)
            ? Math.Sqrt(
                Math.Pow(tile.Left + (x % 256) - symbol.X, 2)
                    + Math.Pow(tile.Top + (y % 256) - symbol.Y, 2)
            )
            : null;
    }

    private static bool CoversWindow(Look look)
    {
        for (var x = look.Window.Left + 1; x < look.Window.Right; x += 40)
        {
            for (var y = look.Window.Top + 1; y < look.Window.Bottom; y += 40)
            {
                if (
                    !look.Tiles.Values.Any(tile =>
                        x >= tile.Left
                        && x <= tile.Left + 257
                        && y >= tile.Top
                        && y <= tile.Top + 257
                    )
                )
                {
                    return false;
                }
            }
        }

        return true;
    }

    private async Task<Look> LookAsync(IPage page)
    {
        var shown = await page.EvaluateAsync<JsonElement>(
            """
            () => {
              const box = (element) => element.getBoundingClientRect();
              const symbols = [...document.querySelectorAll('.symbol-marker[data-key^="point:"]')].map((element) => {
                const { left, top, width, height } = box(element);
                return { code: element.dataset.key.slice(6), x: left + width / 2, y: top + height / 2 };
              });
              const tiles = [...document.querySelectorAll('img.leaflet-tile')].map((tile) => ({ src: tile.src, left: box(tile).left, top: box(tile).top }));
              const { left, top, right, bottom } = box(document.getElementById('map'));
              return { symbols, tiles, window: { left, top, right, bottom } };
            }
            """
        );
        var points = await Visit.AskAsync(
            site,
            $"/api/points?street={DemoSite.Street}&limit=50000"
        );
        var places = points
            .GetProperty("features")
            .EnumerateArray()
            .ToDictionary(
                feature => feature.GetProperty("properties").GetProperty("code").GetString()!,
                feature => feature.GetProperty("properties").GetProperty("anchor"),
                StringComparer.Ordinal
            );
        var symbols = shown
            .GetProperty("symbols")
            .EnumerateArray()
            .Select(each =>
            {
                var place = places[each.GetProperty("code").GetString()!];
                return new Symbol(
                    place[0].GetDouble(),
                    place[1].GetDouble(),
                    each.GetProperty("x").GetDouble(),
                    each.GetProperty("y").GetDouble()
                );
            })
            .ToList();
        var tiles = shown
            .GetProperty("tiles")
            .EnumerateArray()
            .ToDictionary(
                each => TileServer.ColumnAndRow(each.GetProperty("src").GetString()!),
                each => (each.GetProperty("left").GetDouble(), each.GetProperty("top").GetDouble())
            );
        var window = shown.GetProperty("window");
        return new Look(
            symbols,
            tiles,
            (
                window.GetProperty("left").GetDouble(),
                window.GetProperty("top").GetDouble(),
                window.GetProperty("right").GetDouble(),
                window.GetProperty("bottom").GetDouble()
            )
        );
    }

    private sealed record Symbol(double Lon, double Lat, double X, double Y);

    private sealed record Look(
        List<Symbol> Symbols,
        Dictionary<(int X, int Y), (double Left, double Top)> Tiles,
        (double Left, double Top, double Right, double Bottom) Window
    );

    /// <summary>Answers every request with the same grey square; only the places of the tiles matter.</summary>
    private sealed class TileServer : IDisposable
    {
        // A PNG of one grey pixel; the browser stretches it over the tile.
        private static readonly byte[] Picture = Convert.FromBase64String(
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGO4DQAA6ADnRGt8pwAAAABJRU5ErkJggg=="
        );

        private readonly HttpListener listener = new();

        public TileServer()
        {
            using (var probe = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0))
            {
                probe.Start();
                Address = string.Create(
                    CultureInfo.InvariantCulture,
                    $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/"
                );
            }

            listener.Prefixes.Add(Address);
            listener.Start();
            _ = AnswerAsync();
        }

        public string Address { get; }

        public static (int X, int Y) ColumnAndRow(string address)
        {
            var uri = new Uri(address);
            var numbers = uri.AbsolutePath.Trim('/').Split('/', '.');
            if (numbers.Length >= 3)
            {
                return (Whole(numbers[1]), Whole(numbers[2]));
            }

            var query = uri
                .Query.TrimStart('?')
                .Split('&')
                .Select(part => part.Split('='))
                .ToDictionary(part => part[0], part => part[1], StringComparer.Ordinal);
            return (Whole(query["TILECOL"]), Whole(query["TILEROW"]));
        }

        public void Dispose() => listener.Close();

        private static int Whole(string text) => int.Parse(text, CultureInfo.InvariantCulture);

        private async Task AnswerAsync()
        {
            while (listener.IsListening)
            {
                try
                {
                    var context = await listener.GetContextAsync();
                    context.Response.ContentType = "image/png";
                    await context.Response.OutputStream.WriteAsync(Picture);
                    context.Response.Close();
                }
                catch (Exception reason)
                    when (reason is HttpListenerException or ObjectDisposedException)
                {
                    // The test is over, or the browser left in the middle of an answer.
                }
            }
        }
    }
}
