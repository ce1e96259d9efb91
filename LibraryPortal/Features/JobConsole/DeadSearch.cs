using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Inspection;

namespace LibraryPortal.Features.JobConsole;

/// <summary>What a person fills in to pick among the jobs that ended without success, as it stands in the address of the page.</summary>
public sealed record DeadSearch
{
    /// <summary>The job's name, in full.</summary>
    public string? Name { get; init; }

    public string? Queue { get; init; }

    /// <summary>Words their error has in it, in this order.</summary>
    public string? Error { get; init; }

    /// <summary>A user name, an e-mail address or a user id.</summary>
    public string? Owner { get; init; }

    /// <summary>UTC, as a date-time field writes it.</summary>
    public string? From { get; init; }

    /// <inheritdoc cref="From"/>
    public string? To { get; init; }

    /// <summary>True while nothing is filled in.</summary>
    public bool IsEmpty => Parts.All(static part => string.IsNullOrWhiteSpace(part.Value));

    /// <summary>True for the states it applies to.</summary>
    public static bool Fits(JobState state) => state.IsDead();

    /// <summary>The address of a page of what it finds.</summary>
    public string Href(JobState state, int page) => FilterWords.Href("/admin/jobs", Parts.Prepend(("state", state.ToString())), page);

    /// <param name="filter">With the owner as it was written.</param>
    /// <param name="problem">What cannot be read, with what was expected.</param>
    public bool TryRead(JobState state, out DeadFilter filter, out string? problem)
    {
        problem = null;
        filter = new DeadFilter
        {
            States = [state], Name = FilterWords.Text(Name), Queue = FilterWords.Text(Queue), Error = FilterWords.Text(Error), Owner = FilterWords.Text(Owner),
            From = FilterWords.ReadTime(From, "after", ref problem), To = FilterWords.ReadTime(To, "before", ref problem),
        };
        return problem is null;
    }

    (string Name, string? Value)[] Parts => [("name", Name), ("queue", Queue), ("error", Error), ("owner", Owner), ("from", From), ("to", To)];
}
