using System.Text.Json;
using LibraryPortal.Jobs.Handlers;

namespace LibraryPortal.Jobs.Client;

/// <summary>Puts other arguments into a job that failed, checked as if it were enqueued anew. What it was accepted with stays to be seen.</summary>
internal sealed class ArgsEditor(JobRegistry registry, NamedArgs named, EnvelopeFactory envelopes)
{
    /// <exception cref="ArgumentException">This program does not know the job, or the arguments do not fit; the message says what was expected.</exception>
    public JobEnvelope Edit(JobEnvelope job, JsonElement args)
    {
        var checkedAnew = envelopes.Create(Read(job, args), configure: null);
        return job with
        {
            Args = checkedAnew.Args,
            ArgsVersion = checkedAnew.ArgsVersion,
            OriginalArgs = job.OriginalArgs ?? (job.Unreadable is null ? job.Args : null),
            Unreadable = null,
        };
    }

    IJobArgs Read(JobEnvelope job, JsonElement args)
    {
        if (job.Flow is not { Into: { } into } || args.ValueKind != JsonValueKind.Object || args.TryGetProperty(into, out _) || !registry.TryFind(job.Name, out var type))
            return named.Read(job.Name, args);
        // The member that its flow fills in when it starts is not the editor's to give.
        try
        {
            return (IJobArgs)args.Deserialize(type.Args, JobJson.Options)!;
        }
        catch (JsonException error)
        {
            throw new ArgumentException($"The arguments do not fit '{job.Name}': {error.Message}", nameof(args), error);
        }
    }
}
