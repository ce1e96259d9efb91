using System.Text.Json.Serialization;
using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Events;

namespace LibraryPortal.Live;

/// <summary>A hint that something changed: the closed set of what pages can listen to. It carries no data to show; whoever hears it reads the truth again.</summary>
/// <param name="UserId">Whom it concerns; null concerns everyone.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "change")]
[JsonDerivedType(typeof(NoticeAdded), "notice-added")]
[JsonDerivedType(typeof(NoticesRead), "notices-read")]
[JsonDerivedType(typeof(RequestsChanged), "requests-changed")]
[JsonDerivedType(typeof(ExportChanged), "export-changed")]
[JsonDerivedType(typeof(CatalogChanged), "catalog-changed")]
[JsonDerivedType(typeof(CalendarChanged), "calendar-changed")]
[JsonDerivedType(typeof(ImportChanged), "import-changed")]
public abstract record LiveChange(string? UserId)
{
    /// <summary>Whether a subscriber for this user hears it.</summary>
    internal virtual bool Concerns(string userId) => UserId is null || UserId == userId;
}

/// <summary>A person has a new notice.</summary>
public sealed record NoticeAdded(string User, Guid NoticeId) : LiveChange(User);

/// <summary>A person marked notices as read.</summary>
public sealed record NoticesRead(string User) : LiveChange(User);

/// <summary>Requests of a person changed; null: of several.</summary>
public sealed record RequestsChanged(string? User = null) : LiveChange(User);

/// <summary>One of a person's exports changed.</summary>
public sealed record ExportChanged(string User, Guid ExportId) : LiveChange(User);

/// <summary>A title changed: its record, its copies, when they are due, or who waits for it.</summary>
/// <param name="TitleId">Null: many did.</param>
public sealed record CatalogChanged(int? TitleId = null) : LiveChange((string?)null)
{
    /// <summary>Whether what is shown of this title may differ now.</summary>
    public bool IsAbout(int titleId) => TitleId is null || TitleId == titleId;
}

/// <summary>The library's settings, opening days or closures changed.</summary>
public sealed record CalendarChanged() : LiveChange((string?)null);

/// <summary>An import changed; only the staff's pages listen.</summary>
public sealed record ImportChanged(int ImportId) : LiveChange((string?)null);

/// <summary>A job changed or made progress. Heard by its owner and by those who listen to all; every process learns it from the engine, so it is not relayed.</summary>
public sealed record JobChanged(JobId Id, string Name, JobState State, string? Owner, JobProgress? Progress) : LiveChange(Owner)
{
    internal override bool Concerns(string userId) => Owner == userId;

    internal static JobChanged From(JobEvent change) => new(change.Id, change.Name, change.State, change.Owner, change.Progress);
}

/// <summary>Changes may have been missed while a connection was down: read everything again.</summary>
public sealed record MissedChanges() : LiveChange((string?)null);
