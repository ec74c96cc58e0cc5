namespace GeoCivic.Browser.Tests.Running;

/// <summary>Pictures as a phone takes them.</summary>
public static class Photo
{
    /// <summary>What the camera wrote into the file; must never leave the device.</summary>
    public const string Secret = "SECRET-CAMERA-OWNER";

    /// <summary>When the camera says it took the picture; goes along, since the service keeps it as a field.</summary>
    public const string Taken = "2026:03:01 08:15:30";

    /// <summary>A JPEG drawn in the page, larger than is kept, with an EXIF block of the camera.</summary>
    /// <param name="page">Draws it.</param>
    /// <param name="name">File name; also decides the picture's colour, so that two are never the same.</param>
    public static async Task<FilePayload> TakeAsync(IPage page, string name)
    {
        var drawn = await page.EvaluateAsync<string>(
            """
            async (seed) => {
              const canvas = new OffscreenCanvas(3000, 2000);
              const pen = canvas.getContext('2d');
              pen.fillStyle = `hsl(${seed % 360} 60% 50%)`;
              pen.fillRect(0, 0, 3000, 2000);
              pen.fillStyle = '#fff';
              pen.fillRect(200 + (seed % 1000), 300, 900, 700);
              const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.9 });
              const bytes = new Uint8Array(await blob.arrayBuffer());
              return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
            }
            """,
            Math.Abs(name.GetHashCode(StringComparison.Ordinal) % 100_000)
        );
        var jpeg = Convert.FromBase64String(drawn);
        byte[] exif = [.. "Exif\0\0"u8, .. Exif()];
        byte[] block = [0xFF, 0xE1, 0, (byte)(exif.Length + 2), .. exif];
        return new FilePayload
        {
            Name = name,
            MimeType = "image/jpeg",
            Buffer = [.. jpeg[..2], .. block, .. jpeg[2..]],
        };
    }

    // A little-endian TIFF: the owner's name, and a directory with the time of capture.
    private static byte[] Exif() =>
        [
            .. "II*\0"u8,
            .. Number(8),
            2,
            0,
            .. Entry(0x013B, 2, Secret.Length + 1, 38),
            .. Entry(0x8769, 4, 1, 38 + Secret.Length + 1),
            .. Number(0),
            .. System.Text.Encoding.ASCII.GetBytes(Secret),
            0,
            1,
            0,
            .. Entry(0x9003, 2, Taken.Length + 1, 38 + Secret.Length + 1 + 18),
            .. Number(0),
            .. System.Text.Encoding.ASCII.GetBytes(Taken),
            0,
        ];

    private static byte[] Entry(int tag, byte type, int count, int value) =>
        [(byte)tag, (byte)(tag >> 8), type, 0, .. Number(count), .. Number(value)];

    private static byte[] Number(int value) =>
        [(byte)value, (byte)(value >> 8), (byte)(value >> 16), (byte)(value >> 24)];
}
