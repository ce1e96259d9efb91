using System.Diagnostics;

namespace LibraryPortal.Tests.Support;

/// <summary>Processes of the program that tests start, most of which end by a kill.</summary>
internal static class ToBeKilled
{
    /// <summary>Lets it open no port for debuggers: one that is killed would leave its files in the temporary folder.</summary>
    public static void Prepare(ProcessStartInfo start) => start.Environment["DOTNET_EnableDiagnostics"] = "0";
}
