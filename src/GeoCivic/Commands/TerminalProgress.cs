using System.Diagnostics;
using GeoCivic.Imports;

namespace GeoCivic.Commands;

/// <summary>One line on the terminal that says how far a long import is; nothing for the first second.</summary>
internal sealed class TerminalProgress : IProgress<ImportProgress>
{
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private TimeSpan _next = TimeSpan.FromSeconds(1);
    private bool _shown;

    public void Report(ImportProgress value)
    {
        if (_watch.Elapsed < _next)
        {
            return;
        }

        _next = _watch.Elapsed + TimeSpan.FromMilliseconds(200);
        _shown = true;
        Console.Error.Write(
            $"\r{value.Stage, -10} {value.Share, 4:P0} {value.Rows, 12:N0} rows {_watch.Elapsed:mm\\:ss}  "
        );
    }

    public void Clear()
    {
        if (_shown)
        {
            Console.Error.Write("\r" + new string(' ', 60) + "\r");
        }
    }
}
