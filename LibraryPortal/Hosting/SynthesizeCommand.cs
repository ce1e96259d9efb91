using System.CommandLine;
using LibraryPortal.Features.Catalog.Synthesis;

namespace LibraryPortal.Hosting;

/// <summary><c>catalog synthesize</c>: writes a large made-up catalogue to try the portal with.</summary>
internal static class SynthesizeCommand
{
    const int Most = 10_000_000;

    public static Command Create()
    {
        var titles = new Option<int>("--titles") { Description = "How many books. Default: 1000000.", DefaultValueFactory = _ => 1_000_000 };
        titles.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > Most)
                result.AddError($"--titles is {result.GetValueOrDefault<int>()}; expected 1 to {Most}.");
        });
        var seed = new Option<uint>("--seed") { Description = "The same seed makes the same books. Default: 1.", DefaultValueFactory = _ => 1u };
        var output = new Option<string>("--out") { Description = "The CSV file to write; an existing one is replaced.", Required = true };
        var synthesize = new Command("synthesize", "Write made-up books for import catalog, to see how the portal bears a large catalogue.") { titles, seed, output };
        synthesize.SetAction(async (result, token) =>
        {
            var path = CommandHost.PlaceFile(result.GetRequiredValue(output));
            await SynthesizeCatalog.RunAsync(path, result.GetValue(titles), result.GetValue(seed), token);
            Console.WriteLine($"{result.GetValue(titles):N0} books in {path}");
            return 0;
        });
        return new Command("catalog", "Work with catalogues.") { synthesize };
    }
}
