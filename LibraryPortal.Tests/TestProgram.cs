using System.Globalization;
using LibraryPortal.Tests.Chaos;
using Xunit.Runner.InProc.SystemConsole;

namespace LibraryPortal.Tests;

/// <summary>The tests' own entry point: runs them, or, where a test asks for it, is one of the processes that the chaos tests kill.</summary>
internal static class TestProgram
{
    public static Task<int> Main(string[] args)
    {
        // As in the portal: whoever runs the tests may live in any country.
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.InvariantCulture;
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.InvariantCulture;
        return args is [ChaosWorker.Command, ..] ? ChaosWorker.RunAsync(args[1..]) : ConsoleRunner.Run(args);
    }
}
