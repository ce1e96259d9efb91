using System.Globalization;

namespace LibraryPortal.Jobs.Stores;

/// <summary>What a job is set aside for when a worker does not know it: its name, or a version of it.</summary>
internal static class ParkedName
{
    public static string Of(JobEnvelope job) => Of(job.Name, job.ArgsVersion);

    public static string Of(string name, int version) => version == 1 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}@{version}");
}
