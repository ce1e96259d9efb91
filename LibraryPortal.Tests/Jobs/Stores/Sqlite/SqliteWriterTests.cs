using LibraryPortal.Jobs.Stores;
using LibraryPortal.Jobs.Stores.Sqlite;
using LibraryPortal.Tests.Support;

namespace LibraryPortal.Tests.Jobs.Stores.Sqlite;

/// <summary>Calls that share a transaction do not share their mistakes.</summary>
public sealed class SqliteWriterTests : IAsyncLifetime
{
    static readonly Sql Check = new("UPDATE meta SET value = value + $1 WHERE name = 'checked' RETURNING value");

    readonly TemporaryFolder _folder = new();
    EventDispatcher _events = null!;
    SqliteWriter _writer = null!;

    public ValueTask InitializeAsync()
    {
        _events = new EventDispatcher(static _ => { });
        _writer = NewWriter(static _ => { });
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        _writer.Dispose();
        await _events.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task ACallThatThrows_FailsAloneAndChangesNothing()
    {
        // Holds the thread so that the next calls meet in one transaction.
        using var gate = new ManualResetEventSlim();
        var held = _writer.RunAsync(session =>
        {
            gate.Wait();
            return 0;
        });
        var before = _writer.RunAsync(Add(1));
        var wrong = _writer.RunAsync<long>(session =>
        {
            Add(100)(session);
            throw new InvalidOperationException("a mistake");
        });
        var after = _writer.RunAsync(Add(10));

        gate.Set();
        await held;

        Assert.Equal(1, await before);
        await Assert.ThrowsAsync<InvalidOperationException>(() => wrong);
        Assert.Equal(11, await after);
    }

    [Fact]
    public async Task ACallThatFails_AndIsToldToAListenerThatThrows_FailsAlone()
    {
        var wrong = _writer.RunAsync<long>(
            static _ => throw new InvalidOperationException("a mistake"), static _ => throw new NotSupportedException("a listener"));

        Assert.Equal("a mistake", (await Assert.ThrowsAsync<InvalidOperationException>(() => wrong)).Message);
        Assert.Equal(1, await _writer.RunAsync(Add(1)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task WhatIsCommitted_IsDoneOnce_WhateverItsListenersDo(bool isTrouble)
    {
        _writer.Dispose();
        List<string> outages = [];
        List<Exception> failures = [];
        Exception thrown = isTrouble ? new IOException("a log") : new NotSupportedException("a listener");
        _writer = NewWriter(_ => throw thrown, outages.Add, error =>
        {
            failures.Add(error);
            throw new NotSupportedException("a log of failures");
        });
        using var gate = new ManualResetEventSlim();
        var first = _writer.RunAsync(session =>
        {
            gate.Wait();
            return Add(1)(session);
        });
        var second = _writer.RunAsync(Add(10), static _ => throw new NotSupportedException("a listener"));
        var third = _writer.RunAsync(Add(100));

        gate.Set();
        var answers = await Task.WhenAll(first, second, third);

        Assert.Equal([1, 11, 111], answers);
        Assert.Equal(111, await _writer.RunAsync(Add(0)));
        Assert.Empty(outages);
        // Seen by somebody, after each commit.
        Assert.InRange(failures.Count, 2, 3);
        Assert.All(failures, error => Assert.Same(thrown, error));
    }

    [Fact]
    public async Task Numbers_GrowOverRestarts()
    {
        var first = await _writer.RunAsync(session => session.NextNumber());
        _writer.Dispose();
        await InitializeAsync();

        Assert.True(await _writer.RunAsync(session => session.NextNumber()) > first);
    }

    [Fact]
    public async Task Dispose_AnswersWhatItAccepted()
    {
        var calls = Enumerable.Range(0, 100).Select(_ => _writer.RunAsync(Add(1))).ToList();

        _writer.Dispose();

        Assert.Equal(100, (await Task.WhenAll(calls)).Max());
        await Assert.ThrowsAsync<ObjectDisposedException>(() => _writer.RunAsync(Add(1)));
    }

    SqliteWriter NewWriter(Action<WriteEffects> committed, Action<string>? @out = null, Action<Exception>? failed = null) => new(
        new SqliteFile(_folder.File("jobs.db")), connection => new WriteSession(connection, TimeProvider.System, _events), committed, @out ?? (static _ => { }), static () => { },
        failed ?? (static _ => { }));

    static Func<WriteSession, long> Add(long number) => session => (long)session.Prepare(Check).Value(number)!;
}
