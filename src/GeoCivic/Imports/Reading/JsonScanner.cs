using System.Text.Json;

namespace GeoCivic.Imports.Reading;

/// <summary>
/// Walks a JSON file of any size through a buffer that holds one value at a time: tokens of the outer
/// structure one by one, and inner values whole.
/// </summary>
internal sealed class JsonScanner
{
    private const int FirstBuffer = 256 * 1024;

    private readonly FileStream _file;
    private readonly SourceLimits _limits;
    private readonly JsonReaderOptions _options;
    private JsonReaderState _state;
    private byte[] _buffer = new byte[FirstBuffer];
    private int _start;
    private int _end;
    private bool _ended;
    private long _offset;

    public JsonScanner(FileStream file, SourceLimits limits, int skip)
    {
        _file = file;
        _limits = limits;
        _options = new JsonReaderOptions { MaxDepth = limits.MaxJsonDepth };
        _state = new JsonReaderState(_options);
        file.Position = skip;
        _offset = skip;
    }

    /// <summary>The token last read by <see cref="Read"/>.</summary>
    public JsonTokenType Token { get; private set; }

    /// <summary>The text of the last property name or string, else null.</summary>
    public string? Text { get; private set; }

    /// <summary>Bytes consumed, from the start of the file.</summary>
    public long Offset => _offset + _start;

    /// <summary>Reads one token; false at the end of the document.</summary>
    /// <exception cref="SourceFileException">400: not JSON, or nested too deep.</exception>
    public bool Read()
    {
        while (true)
        {
            var reader = new Utf8JsonReader(_buffer.AsSpan(_start, _end - _start), _ended, _state);
            bool read;
            try
            {
                read = reader.Read();
                if (read)
                {
                    Token = reader.TokenType;
                    Text = Token is JsonTokenType.PropertyName or JsonTokenType.String
                        ? TextOf(ref reader)
                        : null;
                }
            }
            catch (JsonException e)
            {
                throw Broken(e, reader.CurrentDepth, reader.BytesConsumed);
            }
            if (read || _ended)
            {
                Take(ref reader);
                return read;
            }
            Fill();
        }
    }

    /// <summary>
    /// Reads the next value whole and gives its bytes, valid until the next call. Empty at the end of the
    /// enclosing array; <see cref="Token"/> says what it starts with.
    /// </summary>
    public ReadOnlySpan<byte> ReadValue()
    {
        while (true)
        {
            var reader = new Utf8JsonReader(_buffer.AsSpan(_start, _end - _start), _ended, _state);
            bool whole;
            var from = 0;
            try
            {
                whole = reader.Read();
                if (whole)
                {
                    Token = reader.TokenType;
                    Text = null;
                    from = (int)reader.TokenStartIndex;
                    whole = reader.TrySkip();
                }
            }
            catch (JsonException e)
            {
                throw Broken(e, reader.CurrentDepth, reader.BytesConsumed);
            }
            if (whole)
            {
                var value = _buffer.AsSpan(_start + from, (int)reader.BytesConsumed - from);
                Take(ref reader);
                return Token is JsonTokenType.EndArray or JsonTokenType.EndObject ? default : value;
            }
            if (_ended)
            {
                throw Cut();
            }
            Fill();
        }
    }

    private void Take(ref Utf8JsonReader reader)
    {
        _start += (int)reader.BytesConsumed;
        _state = reader.CurrentState;
    }

    private void Fill()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _offset += _start;
            _end -= _start;
            _start = 0;
        }
        if (_end == _buffer.Length)
        {
            if (_buffer.Length >= _limits.MaxFeatureBytes)
            {
                throw new SourceFileException(
                    413,
                    "feature-too-large",
                    $"One value of the file, starting at byte {_offset}, is larger than {_limits.MaxFeatureBytes} bytes. Simplify its geometry and send the file again."
                );
            }
            Array.Resize(ref _buffer, Math.Min(_buffer.Length * 2, _limits.MaxFeatureBytes));
        }
        var n = _file.Read(_buffer, _end, _buffer.Length - _end);
        _end += n;
        _ended = n == 0;
    }

    private static string? TextOf(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair: no name or type we look for.
            return null;
        }
    }

    private SourceFileException Cut() =>
        new(
            400,
            "invalid-json",
            $"The file ends in the middle of a JSON value (byte {_offset + _end})."
        );

    private SourceFileException Broken(JsonException e, int depth, long consumed)
    {
        // The reader does not tell the two apart; at the deepest level allowed, depth is what went wrong.
        if (depth >= _limits.MaxJsonDepth - 1)
        {
            return TooDeep(_limits, e);
        }
        var line = (e.LineNumber ?? 0) + 1;
        var at = Offset + consumed;
        return new SourceFileException(
            400,
            "invalid-json",
            $"The file is not JSON: line {line}, at or after byte {at}.",
            new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["line"] = line,
                ["byte"] = at,
            },
            e
        );
    }

    public static SourceFileException TooDeep(SourceLimits limits, Exception? inner) =>
        new(
            400,
            "json-too-deep",
            $"The JSON is nested deeper than {limits.MaxJsonDepth} levels.",
            inner: inner
        );
}
