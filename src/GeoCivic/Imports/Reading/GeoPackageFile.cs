using System.Diagnostics;
using System.Globalization;
using SQLitePCL;

namespace GeoCivic.Imports.Reading;

/// <summary>
/// The SQLite file inside a GeoPackage, open for reading alone. SQLite is a file format that people send here, never a
/// store: the one database of this service is PostGIS. Whoever sends a file may have made it to do harm, so a private
/// copy is read, without views, triggers or functions of its schema, and within bounds of size, memory and time
/// (https://www.sqlite.org/security.html, "Untrusted SQLite Database Files").
/// </summary>
internal sealed class GeoPackageFile : IDisposable
{
    // For all files that are read at a time; a page cache takes 2 MB and a record at most three times its size.
    private const long HeapBytes = 512L << 20;
    private const int InstructionsBetweenLooks = 20_000;
    private const int MostSqlBytes = 1 << 20;
    private const int MostNameChars = 500;

    private static readonly Lazy<bool> Library = new(() =>
    {
        Batteries_V2.Init();
        raw.sqlite3_hard_heap_limit64(HeapBytes);
        return true;
    });

    private readonly string _path;
    private readonly SourceLimits _limits;
    private sqlite3? _database;
    private CancellationToken _cancel;
    private long _stepBegan;

    private GeoPackageFile(string path, SourceLimits limits)
    {
        _path = path;
        _limits = limits;
    }

    /// <summary>Whether it was last written through a write-ahead log, whose end lies in a file of its own.</summary>
    internal bool HasWriteAheadLog { get; private set; }

    /// <summary>Copies the file away and opens the copy.</summary>
    /// <exception cref="SourceFileException">413 too large; 422 not a readable database.</exception>
    internal static GeoPackageFile Open(FileStream file, SourceLimits limits)
    {
        _ = Library.Value;
        var opened = new GeoPackageFile(
            Path.Combine(Path.GetTempPath(), $"geocivic-gpkg-{Guid.CreateVersion7():N}"),
            limits
        );
        try
        {
            opened.Copy(file);
            opened.Connect();
            return opened;
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    /// <summary>An identifier of the file as SQL quotes it.</summary>
    /// <exception cref="SourceFileException">422: no name that a table or column can have.</exception>
    internal static string Quote(string name) =>
        name.Length is > 0 and <= MostNameChars && !name.Contains('\0', StringComparison.Ordinal)
            ? $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : throw Damaged("a table or column has a name that cannot be used");

    /// <summary>Starts a query.</summary>
    /// <param name="sql">Text of this program; names of the file only through <see cref="Quote"/>.</param>
    /// <param name="values">Texts for ?1, ?2, …</param>
    /// <exception cref="SourceFileException">422: the file has not what is asked for.</exception>
    internal GeoPackageQuery Query(string sql, params ReadOnlySpan<string> values)
    {
        Begin(CancellationToken.None);
        Check(raw.sqlite3_prepare_v2(_database, sql, out var statement));
        for (var i = 0; i < values.Length; i++)
        {
            Check(raw.sqlite3_bind_text(statement, i + 1, values[i]));
        }

        return new GeoPackageQuery(this, statement);
    }

    /// <summary>Advances a statement.</summary>
    /// <returns>False at the end.</returns>
    internal bool Step(sqlite3_stmt statement, CancellationToken cancellationToken)
    {
        Begin(cancellationToken);
        switch (raw.sqlite3_step(statement))
        {
            case raw.SQLITE_ROW:
                return true;
            case raw.SQLITE_DONE:
                return false;
            case var error:
                Check(error);
                return false;
        }
    }

    /// <summary>The bytes of a column; a text as UTF-8, whatever the file keeps it in.</summary>
    internal ReadOnlySpan<byte> Bytes(sqlite3_stmt statement, int column)
    {
        if (raw.sqlite3_column_type(statement, column) == raw.SQLITE_TEXT)
        {
            // Converts it in place; its own end mark would cut a text with a NUL in it.
            raw.sqlite3_column_text(statement, column);
        }

        var bytes = raw.sqlite3_column_blob(statement, column);
        if (bytes.IsEmpty && raw.sqlite3_errcode(_database) == raw.SQLITE_NOMEM)
        {
            Check(raw.SQLITE_NOMEM);
        }

        return bytes;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _database?.Dispose();
        File.Delete(_path);
    }

    internal static SourceFileException Damaged(string? why, Exception? inner = null) =>
        new(
            422,
            "damaged-file",
            $"The GeoPackage is damaged or cut short{(why is null ? "" : $" ({RowFault.Shorten(why)})")}. Export the layer again.",
            inner: inner
        );

    private void Copy(FileStream file)
    {
        file.Position = 0;
        using var copy = new FileStream(_path, FileMode.CreateNew, FileAccess.Write);
        var block = new byte[1 << 16];
        var left = _limits.MaxFileBytes;
        for (int n; (n = file.Read(block)) > 0; left -= n)
        {
            if (n > left)
            {
                // It grew while it was read.
                throw new SourceFileException(
                    413,
                    "file-too-large",
                    $"The file has more than {_limits.MaxFileBytes} bytes."
                );
            }

            if (copy.Position == 0 && n > 19)
            {
                HasWriteAheadLog = block[18] == 2;
            }

            copy.Write(block, 0, n);
        }
    }

    private void Connect()
    {
        // Immutable: no lock, no journal and no log is looked for, made or removed beside it.
        Check(
            raw.sqlite3_open_v2(
                $"{new Uri(_path).AbsoluteUri}?immutable=1",
                out _database,
                raw.SQLITE_OPEN_READONLY | raw.SQLITE_OPEN_URI | raw.SQLITE_OPEN_NOMUTEX,
                null
            )
        );
        if (!OperatingSystem.IsWindows())
        {
            // What is open stays readable; nothing is left behind even if the process is killed.
            File.Delete(_path);
        }

        raw.sqlite3_extended_result_codes(_database, 0);
        Configure(raw.SQLITE_DBCONFIG_DEFENSIVE, 1);
        Configure(raw.SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0);
        Configure(raw.SQLITE_DBCONFIG_ENABLE_TRIGGER, 0);
        Configure(raw.SQLITE_DBCONFIG_ENABLE_VIEW, 0);
        // Else a column that is not there reads as its own name.
        Configure(raw.SQLITE_DBCONFIG_DQS_DML, 0);
        Configure(raw.SQLITE_DBCONFIG_DQS_DDL, 0);
        raw.sqlite3_limit(_database, raw.SQLITE_LIMIT_LENGTH, _limits.MaxFeatureBytes);
        raw.sqlite3_limit(_database, raw.SQLITE_LIMIT_SQL_LENGTH, MostSqlBytes);
        raw.sqlite3_limit(_database, raw.SQLITE_LIMIT_ATTACHED, 0);
        raw.sqlite3_limit(_database, raw.SQLITE_LIMIT_TRIGGER_DEPTH, 1);
        raw.sqlite3_progress_handler(
            _database,
            InstructionsBetweenLooks,
            _ =>
                _cancel.IsCancellationRequested
                || Stopwatch.GetElapsedTime(_stepBegan).TotalSeconds > _limits.MaxSecondsOfStep
                    ? 1
                    : 0,
            null
        );
        foreach (
            var pragma in (string[])
                [
                    "cell_size_check=ON",
                    "trusted_schema=OFF",
                    "query_only=ON",
                    "mmap_size=0",
                    "temp_store=MEMORY",
                ]
        )
        {
            using var done = Query($"PRAGMA {pragma}");
            done.Next(CancellationToken.None);
        }
    }

    private void Configure(int option, int value) =>
        Check(raw.sqlite3_db_config(_database, option, value, out _));

    private void Begin(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _cancel = cancellationToken;
        _stepBegan = Stopwatch.GetTimestamp();
    }

    private void Check(int result)
    {
        switch (result)
        {
            case raw.SQLITE_OK:
                return;
            case raw.SQLITE_INTERRUPT:
                _cancel.ThrowIfCancellationRequested();
                throw Damaged(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"one step of reading it took more than {_limits.MaxSecondsOfStep} seconds"
                    )
                );
            case raw.SQLITE_TOOBIG or raw.SQLITE_NOMEM:
                throw new SourceFileException(
                    413,
                    "feature-too-large",
                    $"A record of the GeoPackage has more than {_limits.MaxFeatureBytes} bytes. Remove large columns, such as pictures, or simplify its shape."
                );
            default:
                throw Damaged(
                    _database is null ? null : raw.sqlite3_errmsg(_database).utf8_to_string()
                );
        }
    }
}

/// <summary>A running query of a <see cref="GeoPackageFile"/>.</summary>
internal sealed class GeoPackageQuery(GeoPackageFile file, sqlite3_stmt statement) : IDisposable
{
    private static readonly System.Text.UTF8Encoding Utf8 = new(
        encoderShouldEmitUTF8Identifier: false,
        throwOnInvalidBytes: true
    );

    /// <summary>Goes to the next record.</summary>
    /// <returns>False at the end.</returns>
    internal bool Next(CancellationToken cancellationToken) =>
        file.Step(statement, cancellationToken);

    /// <summary>What SQLite keeps in a column of this record, which its declared type does not decide: SQLITE_INTEGER, FLOAT, TEXT, BLOB or NULL.</summary>
    internal int Type(int column) => raw.sqlite3_column_type(statement, column);

    /// <summary>A whole number; what is none reads as one, or 0.</summary>
    internal long Integer(int column) => raw.sqlite3_column_int64(statement, column);

    /// <summary>A number; what is none reads as one, or 0.</summary>
    internal double Number(int column) => raw.sqlite3_column_double(statement, column);

    /// <summary>The bytes of a column, until the next record.</summary>
    internal ReadOnlySpan<byte> Bytes(int column) => file.Bytes(statement, column);

    /// <summary>A text; null for NULL.</summary>
    /// <exception cref="System.Text.DecoderFallbackException">It is not UTF-8.</exception>
    internal string? Text(int column) =>
        Type(column) == raw.SQLITE_NULL ? null : Utf8.GetString(Bytes(column));

    /// <summary>A text of the tables that describe the file.</summary>
    /// <exception cref="SourceFileException">422: it is not UTF-8.</exception>
    internal string? Label(int column)
    {
        try
        {
            return Text(column);
        }
        catch (System.Text.DecoderFallbackException e)
        {
            throw GeoPackageFile.Damaged("a name is not UTF-8", e);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => statement.Dispose();
}
