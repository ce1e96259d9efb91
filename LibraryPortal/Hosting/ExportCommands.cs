using System.CommandLine;
using System.Globalization;
using LibraryPortal.Collection;

namespace LibraryPortal.Hosting;

/// <summary><c>export catalog FILE</c>: writes the whole catalogue. May run beside a running portal.</summary>
internal static class ExportCommands
{
    public static Command Export(string[] settings)
    {
        var file = new Argument<string>("file") { Description = "Where to write: a name that ends in .xml gives MARCXML, any other CSV." };
        var catalog = new Command("catalog", "Export all titles with their copies.") { file };
        catalog.SetAction((result, token) => ExportAsync(settings, result.GetRequiredValue(file), token));
        return new Command("export", "Take data out of the portal.") { catalog };
    }

    static async Task<int> ExportAsync(string[] settings, string file, CancellationToken cancellationToken)
    {
        using var host = await CommandHost.PrepareAsync(settings, services => services.AddSingleton<ExportCatalog>(), cancellationToken);
        var path = CommandHost.PlaceFile(file);
        var format = path.EndsWith(".xml", StringComparison.OrdinalIgnoreCase) ? CatalogFormat.MarcXml : CatalogFormat.Csv;
        var part = $"{path}.part";
        try
        {
            int titles;
            await using (var stream = File.Create(part))
                titles = await host.Services.GetRequiredService<ExportCatalog>().RunAsync(stream, format, null, cancellationToken);
            // A file that is there is a whole one.
            File.Move(part, path, overwrite: true);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{titles:N0} titles written to {path}"));
            return 0;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"{path} cannot be written: {error.Message}");
            return 1;
        }
        finally
        {
            File.Delete(part);
        }
    }
}
