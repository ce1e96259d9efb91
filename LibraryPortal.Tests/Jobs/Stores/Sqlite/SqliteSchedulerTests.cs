using LibraryPortal.Tests.Jobs.Schedules;

namespace LibraryPortal.Tests.Jobs.Stores.Sqlite;

/// <summary>A scheduler's looks on the embedded store.</summary>
public sealed class SqliteSchedulerTests : SchedulerTests;
