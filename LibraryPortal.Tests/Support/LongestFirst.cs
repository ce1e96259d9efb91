using LibraryPortal.Tests.EndToEnd;
using LibraryPortal.Tests.EndToEnd.JudgedDay;
using LibraryPortal.Tests.Jobs.Engine.Redis;
using LibraryPortal.Tests.Jobs.Engine.Sqlite;
using LibraryPortal.Tests.Support;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(LongestFirst))]

namespace LibraryPortal.Tests.Support;

/// <summary>Begins with the classes that take a minute or more, so that none of them is left alone at the end with the others' threads idle. Some of them wait and some
/// of them work: these take turns.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    static readonly List<string> Longest =
    [
        .. new[]
        {
            typeof(EveryPageTests), typeof(RedisJobEngineTests), typeof(JudgedDayTests), typeof(SqliteJobEngineTests), typeof(WorkerKilledTests), typeof(StaffDialogsTests),
            typeof(RedisClusterJobEngineTests), typeof(BorrowingTests), typeof(JourneyTests),
        }.Select(type => type.FullName!),
    ];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(Place).ThenBy(collection => collection.UniqueID, StringComparer.Ordinal)];

    static int Place<TTestCollection>(TTestCollection collection)
        where TTestCollection : ITestCollection
    {
        // A class that is in no collection has one of its own, named "Test collection for CLASS (id: …)".
        var place = Longest.FindIndex(name => collection.TestCollectionDisplayName.Contains($" {name} ", StringComparison.Ordinal));
        return place < 0 ? Longest.Count : place;
    }
}
