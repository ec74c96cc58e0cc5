using System.Security.Cryptography;

namespace GeoCivic.Photos;

/// <summary>The name of a stored photo: the SHA-256 of its stored bytes, 64 lower-case hexadecimal digits.</summary>
/// <remarks>The only way to a path in the store; a value that came from a request cannot be anything but digits.</remarks>
public readonly record struct PhotoHash
{
    /// <summary>Length of the text.</summary>
    public const int Length = 64;

    private readonly string? _text;

    private PhotoHash(string text) => _text = text;

    /// <summary>The name of these bytes.</summary>
    public static PhotoHash Of(ReadOnlySpan<byte> content) =>
        new(Convert.ToHexStringLower(SHA256.HashData(content)));

    /// <summary>Reads a name; false for anything but 64 lower-case hexadecimal digits.</summary>
    public static bool TryParse(string? text, out PhotoHash hash)
    {
        var valid = text is { Length: Length } && text.All(char.IsAsciiHexDigitLower);
        hash = valid ? new PhotoHash(text!) : default;
        return valid;
    }

    /// <summary>The digits.</summary>
    public override string ToString() =>
        _text ?? throw new InvalidOperationException("An empty photo hash names nothing.");
}
