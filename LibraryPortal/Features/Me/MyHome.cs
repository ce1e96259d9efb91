using LibraryPortal.Circulation.Loans;
using LibraryPortal.Circulation.Patrons;

namespace LibraryPortal.Features.Me;

/// <summary>What needs doing, for the reader's own page.</summary>
public sealed record MyHome
{
    public required PatronStanding Standing { get; init; }

    /// <summary>Copies that wait at the desk, what must be collected first in front.</summary>
    public required IReadOnlyList<MyReady> Ready { get; init; }

    /// <summary>What is due first in front.</summary>
    public required IReadOnlyList<LoanView> Loans { get; init; }

    /// <summary>Requests that wait for a librarian or for a copy.</summary>
    public required int Waiting { get; init; }

    /// <summary>The latest notices not read yet.</summary>
    public required IReadOnlyList<MyNews> News { get; init; }
}

/// <summary>A book that waits at the desk.</summary>
/// <param name="Number">R-000042.</param>
public sealed record MyReady(Guid RequestId, string Number, int? TitleId, string BookName, IReadOnlyList<string>? Authors, string? Cover, DateTimeOffset CollectBy);

/// <summary>A notice not read yet.</summary>
public sealed record MyNews(Guid Id, string Text, string? Link, DateTimeOffset At);
