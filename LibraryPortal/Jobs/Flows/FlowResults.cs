using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using LibraryPortal.Jobs.Stores;
using Microsoft.Extensions.Options;

namespace LibraryPortal.Jobs.Flows;

/// <summary>Reads what earlier jobs of a flow came to, in pages, and fills it into the arguments of a job that takes it. A store that is out is waited for.</summary>
internal sealed class FlowResults(IJobStore store, IOptions<JobsOptions> options, TimeProvider clock)
{
    const int Page = 100;

    static readonly TimeSpan OutageRest = TimeSpan.FromSeconds(1);

    readonly int _maxPayload = options.Value.MaxPayloadBytes;

    public async IAsyncEnumerable<FlowResult> ReadAsync(FlowId flow, int gate, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (gate == FlowPlace.Start)
            yield break;
        IReadOnlyList<FlowResult> page;
        for (var offset = 0; (page = await ReadPageAsync(flow, gate, offset, cancellationToken)).Count > 0; offset += page.Count)
        {
            foreach (var result in page)
                yield return result;
            // A short one is the last, unless it was cut for its weight.
            if (page.Count < Page && page.Sum(static result => (long)BatchLimits.Weigh(result.Value)) < BatchLimits.Bytes / 2)
                yield break;
        }
    }

    /// <summary>The job's arguments, with the results it takes.</summary>
    /// <exception cref="JobFailedException">They are too large together; the message says what to do.</exception>
    public async Task<JsonElement> FillAsync(JobEnvelope job, CancellationToken cancellationToken)
    {
        if (job.Flow is not { Into: { } into } place)
            return job.Args;
        List<JsonElement> results = [];
        var size = 0L;
        await foreach (var result in ReadAsync(place.Flow, place.From, cancellationToken))
        {
            if (result is not { State: JobState.Succeeded, Value: { } value })
                continue;
            size += value.GetRawText().Length;
            if (size > _maxPayload)
            {
                throw new JobFailedException(
                    $"The results before '{job.Name}' take more than {_maxPayload:N0} bytes, which is the most that arguments may take. Let it read them with ParentResultsAsync.");
            }

            results.Add(value);
        }

        return place.TakesMany || results.Count > 0 ? Write(job.Args, into, results, place.TakesMany) : job.Args;
    }

    static JsonElement Write(JsonElement args, string into, List<JsonElement> results, bool many)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach (var member in args.EnumerateObject().Where(member => member.Name != into))
                member.WriteTo(json);
            json.WritePropertyName(into);
            if (many)
                json.WriteStartArray();
            foreach (var result in many ? results : results[..1])
                result.WriteTo(json);
            if (many)
                json.WriteEndArray();
            json.WriteEndObject();
        }

        var reader = new Utf8JsonReader(buffer.WrittenSpan);
        return JsonElement.ParseValue(ref reader);
    }

    async Task<IReadOnlyList<FlowResult>> ReadPageAsync(FlowId flow, int gate, int offset, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await store.ReadFlowResultsAsync(flow, gate, offset, Page, cancellationToken);
            }
            catch (JobStoreUnavailableException)
            {
                await Task.Delay(OutageRest, clock, cancellationToken);
            }
        }
    }
}
