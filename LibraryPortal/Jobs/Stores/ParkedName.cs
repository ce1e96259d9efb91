using System.Globalization;

namespace LibraryPortal.Jobs.Stores;

/// <summary>What a job is set aside for when a worker does not know it: its name, or a version of it, or the form it is stored in.</summary>
internal static class ParkedName
{
    const char Mark = '@';

    public static string Of(JobEnvelope job) => job.Unreadable is { LaterForm: { } form } ? OfForm(form) : Of(job.Name, job.ArgsVersion);

    public static string Of(string name, int version) => version == 1 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}{Mark}{version}");

    /// <summary>Told by beats of workers that read this form, for each from 2 on.</summary>
    public static string OfForm(int form) => string.Create(CultureInfo.InvariantCulture, $"{Mark}{form}");

    /// <summary>What no worker knows of a job set aside, in a sentence.</summary>
    public static string Describe(JobEnvelope job, string parked) => parked.IndexOf(Mark, StringComparison.Ordinal) switch
    {
        0 => "No live worker reads the form it is stored in, which is that of a later version.",
        < 0 => $"No live worker knows jobs named '{job.Name}'.",
        _ => $"No live worker knows version {job.ArgsVersion} of jobs named '{job.Name}'.",
    };
}
