using System.Globalization;
using LibraryPortal.Jobs;
using LibraryPortal.Jobs.History;

namespace LibraryPortal.Features.JobConsole;

/// <summary>What a person fills in to search the history, as it stands in the address of the page.</summary>
public sealed record HistoryFilter
{
    public string? Words { get; init; }
    public string? Name { get; init; }
    public string? State { get; init; }

    /// <summary>A user name, an e-mail address or a user id.</summary>
    public string? Owner { get; init; }

    public string? Tag { get; init; }
    public string? Worker { get; init; }

    /// <summary>UTC, as a date-time field writes it.</summary>
    public string? From { get; init; }

    /// <inheritdoc cref="From"/>
    public string? To { get; init; }

    /// <summary>Seconds.</summary>
    public string? Longer { get; init; }

    /// <inheritdoc cref="Longer"/>
    public string? Shorter { get; init; }

    /// <summary>True while nothing is filled in.</summary>
    public bool IsEmpty => Parts.All(static part => string.IsNullOrWhiteSpace(part.Value));

    /// <summary>The address of a page of what it finds.</summary>
    public string Href(int page) => FilterWords.Href("/admin/jobs/history", Parts, page);

    /// <param name="problem">What cannot be read, with what was expected.</param>
    public bool TryRead(out HistoryQuery query, out string? problem)
    {
        problem = null;
        query = new HistoryQuery
        {
            Text = FilterWords.Text(Words), Name = FilterWords.Text(Name), Owner = FilterWords.Text(Owner), Tag = FilterWords.Text(Tag), Worker = FilterWords.Text(Worker), State = ReadState(ref problem),
            From = FilterWords.ReadTime(From, "after", ref problem), To = FilterWords.ReadTime(To, "before", ref problem), Longer = ReadSeconds(Longer, ref problem), Shorter = ReadSeconds(Shorter, ref problem),
        };
        problem ??= query.FindFault();
        return problem is null;
    }

    (string Name, string? Value)[] Parts =>
    [
        ("q", Words), ("name", Name), ("state", State), ("owner", Owner), ("tag", Tag), ("worker", Worker), ("from", From), ("to", To), ("longer", Longer), ("shorter", Shorter),
    ];

    JobState? ReadState(ref string? problem)
    {
        if (FilterWords.Text(State) is not { } text)
            return null;
        if (Enum.TryParse<JobState>(text, ignoreCase: true, out var state) && Enum.IsDefined(state))
            return state;
        problem ??= $"'{text}' is not a state.";
        return null;
    }

    static TimeSpan? ReadSeconds(string? value, ref string? problem)
    {
        if (FilterWords.Text(value) is not { } text)
            return null;
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds < 1e9)
            return TimeSpan.FromSeconds(seconds);
        problem ??= $"'{text}' is not a number of seconds.";
        return null;
    }
}
