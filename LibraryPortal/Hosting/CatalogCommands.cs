using System.CommandLine;
using System.Diagnostics;
using System.Text;
using LibraryPortal.Features.Catalog;
using LibraryPortal.Features.Catalog.Import;

namespace LibraryPortal.Hosting;

/// <summary><c>import catalog FILE</c>: brings a list of books into the catalogue. May run beside a running portal.</summary>
internal static class CatalogCommands
{
    public static Command Import(string[] settings)
    {
        var file = new Argument<string>("file") { Description = "A CSV file: goodbooks-10k's books.csv, or any with a column called title." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Report what would be done and change nothing." };
        var encoding = new Option<string?>("--encoding") { Description = "The file's encoding when it is not UTF-8, for example windows-1252." };
        var report = new Option<string?>("--report") { Description = "Write every finding to this CSV file." };
        var catalog = new Command("catalog", "Import titles and copies from a CSV file. Running it twice changes nothing.") { file, dryRun, encoding, report };
        catalog.SetAction((result, token) => ImportAsync(
            settings, result.GetRequiredValue(file), result.GetValue(dryRun), result.GetValue(encoding), result.GetValue(report), token));
        return new Command("import", "Bring data into the portal.") { catalog };
    }

    static async Task<int> ImportAsync(string[] settings, string file, bool isRehearsal, string? encodingName, string? report, CancellationToken cancellationToken)
    {
        var encoding = encodingName is null ? null : FindEncoding(encodingName);
        using var host = await CommandHost.PrepareAsync(settings, services => services.AddCatalog(), cancellationToken);
        var started = Stopwatch.GetTimestamp();
        var outcome = await host.Services.GetRequiredService<ImportCatalog>()
            .RunAsync(CommandHost.FindFile(file), encoding, isRehearsal, ShowProgress, cancellationToken);
        if (!outcome.IsAllowed)
        {
            await Console.Error.WriteLineAsync(outcome.Refusal.Message);
            return 1;
        }

        foreach (var line in ImportReportText.Lines(outcome.Value, Stopwatch.GetElapsedTime(started)))
            Console.WriteLine(line);
        if (report is not null)
            await FindingsFile.WriteAsync(CommandHost.PlaceFile(report), outcome.Value.Findings, cancellationToken);
        return 0;
    }

    static void ShowProgress(int done, int total)
    {
        var line = $"{done:N0} of {total:N0} rows ({(total == 0 ? 100 : done * 100L / total)} %)";
        if (!Console.IsOutputRedirected)
            Console.Write(done >= total ? $"\r{line}\n" : $"\r{line}");
        else if (done >= total)
            Console.WriteLine(line);
    }

    static Encoding FindEncoding(string name)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        try
        {
            return Encoding.GetEncoding(name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
        }
        catch (ArgumentException error)
        {
            throw new SettingException($"--encoding is '{name}'; expected the name of an encoding such as utf-8, windows-1252, iso-8859-1 or utf-16.", error);
        }
    }
}
