using System.CommandLine;
using System.Diagnostics;
using System.Text;
using LibraryPortal.Domain.Imports;
using LibraryPortal.Features.Import;
using LibraryPortal.Features.Import.Findings;
using LibraryPortal.Features.Import.Reading;

namespace LibraryPortal.Hosting;

/// <summary><c>import catalog|copies|patrons FILE</c>: brings a file into the library. May run beside a running portal.</summary>
internal static class CatalogCommands
{
    public static Command Import(string[] settings) => new("import", "Bring data into the portal.")
    {
        Import(settings, ImportKind.Titles, "catalog", "Import titles and copies from a CSV, MARC21 (ISO 2709) or MARCXML file. Running it twice changes nothing.",
            "A CSV file: goodbooks-10k's books.csv, or any with a column called title; or a file of MARC records."),
        Import(settings, ImportKind.Copies, "copies", "Import copies of titles that are in the catalogue from a CSV file. Running it twice changes nothing.",
            "A CSV file with a column called barcode and one called isbn or title."),
        Import(settings, ImportKind.Patrons, "patrons", "Import readers from a CSV file. Running it twice changes nothing.",
            "A CSV file with a column called name; email, user name, card number, category and notes are read too."),
    };

    static Command Import(string[] settings, ImportKind kind, string name, string description, string fileDescription)
    {
        var file = new Argument<string>("file") { Description = fileDescription };
        var dryRun = new Option<bool>("--dry-run") { Description = "Report what would be done and change nothing." };
        var encoding = new Option<string?>("--encoding") { Description = "The file's encoding when it is not UTF-8, for example windows-1252." };
        var report = new Option<string?>("--report") { Description = "Write every finding to this CSV file." };
        var command = new Command(name, description) { file, dryRun, encoding, report };
        command.SetAction((result, token) => ImportAsync(
            settings, kind, result.GetRequiredValue(file), result.GetValue(dryRun), result.GetValue(encoding), result.GetValue(report), token));
        return command;
    }

    static async Task<int> ImportAsync(
        string[] settings, ImportKind kind, string file, bool isRehearsal, string? encodingName, string? report, CancellationToken cancellationToken)
    {
        var encoding = encodingName is null ? null : FindEncoding(encodingName);
        using var host = await CommandHost.PrepareAsync(settings, AddImport, cancellationToken);
        var started = Stopwatch.GetTimestamp();
        var outcome = await host.Services.GetRequiredService<ImportFile>()
            .RunAsync(CommandHost.FindFile(file), kind, encoding, isRehearsal, ShowProgress, cancellationToken);
        if (!outcome.IsAllowed)
        {
            await Console.Error.WriteLineAsync(outcome.Refusal.Message);
            return 1;
        }

        using var done = outcome.Value;
        foreach (var line in await ImportReportText.LinesAsync(done, Stopwatch.GetElapsedTime(started), cancellationToken))
            Console.WriteLine(line);
        if (report is not null)
        {
            await using var stream = File.Create(CommandHost.PlaceFile(report));
            await FindingTable.WriteAsync(stream, FindingReader.ReadAsync(done.Findings, cancellationToken: cancellationToken), cancellationToken);
        }

        return 0;
    }

    // What waits for the copies is served by a job of the running portal, or of the next one that starts.
    static void AddImport(IServiceCollection services, PortalSettings settings) => services.AddPortalJobClient(settings, hasLibrary: true).AddImportCore(settings.Imports);

    static void ShowProgress(int done, int total)
    {
        var line = $"{done:N0} of {total:N0} rows ({(total == 0 ? 100 : done * 100L / total)} %)";
        if (!Console.IsOutputRedirected)
            Console.Write(done >= total ? $"\r{line}\n" : $"\r{line}");
        else if (done >= total)
            Console.WriteLine(line);
    }

    static Encoding FindEncoding(string name) => TextEncodings.Find(name)
        ?? throw new SettingException($"--encoding is '{name}'; expected the name of an encoding such as utf-8, windows-1252, iso-8859-1 or utf-16.");
}
