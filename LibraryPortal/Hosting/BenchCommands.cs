using System.CommandLine;
using LibraryPortal.Features.Catalog.Search;

namespace LibraryPortal.Hosting;

/// <summary><c>bench search</c>: measures catalogue search on the database as it is.</summary>
internal static class BenchCommands
{
    public static Command Search(string[] settings)
    {
        var rounds = new Option<int>("--rounds") { Description = "How often each query runs. Default: 50.", DefaultValueFactory = _ => 50 };
        var search = new Command("search", "Measure catalogue search on the titles there are.") { rounds };
        search.SetAction((result, token) => SearchAsync(settings, result.GetValue(rounds), token));
        return search;
    }

    static async Task<int> SearchAsync(string[] settings, int rounds, CancellationToken cancellationToken)
    {
        using var host = await CommandHost.PrepareAsync(settings, services => services.AddSingleton<SearchBench>(), cancellationToken);
        foreach (var line in await host.Services.GetRequiredService<SearchBench>().RunAsync(rounds, cancellationToken))
            Console.WriteLine(line);
        return 0;
    }
}
