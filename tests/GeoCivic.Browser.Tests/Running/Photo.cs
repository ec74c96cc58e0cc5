namespace GeoCivic.Browser.Tests.Running;

/// <summary>Pictures as a phone takes them.</summary>
public static class Photo
{
    /// <summary>What the camera wrote into the file; must never leave the device.</summary>
    public const string Secret = "SECRET-CAMERA-OWNER";

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
        var text = System.Text.Encoding.ASCII.GetBytes("Exif\0\0" + Secret);
        byte[] block = [0xFF, 0xE1, 0, (byte)(text.Length + 2), .. text];
        return new FilePayload
        {
            Name = name,
            MimeType = "image/jpeg",
            Buffer = [.. jpeg[..2], .. block, .. jpeg[2..]],
        };
    }
}
