using LibraryPortal.Data.JobEffects;
using LibraryPortal.Data.JobHistory;
using LibraryPortal.Domain.Catalog;
using LibraryPortal.Jobs;
using LibraryPortal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Tests.Data.JobEffects;

/// <summary>What a handler writes is there once: run after run, run beside run, and not at all where it broke off.</summary>
public sealed class OncePerJobTests : IAsyncLifetime
{
    static readonly DateTimeOffset Now = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);

    readonly InlineJob _job = new();
    TestDatabase _database = null!;

    public async ValueTask InitializeAsync() => _database = await TestDatabase.CreateAsync();

    public ValueTask DisposeAsync()
    {
        _job.Dispose();
        return _database.DisposeAsync();
    }

    [Fact]
    public async Task Twice_WritesOnce_AndAnotherJobWritesItsOwn()
    {
        using var other = new InlineJob();

        Assert.True(await WriteAsync(_job));
        Assert.False(await WriteAsync(_job));
        Assert.True(await WriteAsync(other));

        Assert.Equal((2, 2), await CountAsync());
    }

    [Fact]
    public async Task RivalsAtOnce_OneWrites_AndTheOtherIsToldSo()
    {
        var inside = new TaskCompletionSource();
        var gate = new TaskCompletionSource();
        var first = Task.Run(() => WriteAsync(_job, async () =>
        {
            inside.SetResult();
            await gate.Task;
        }));
        await inside.Task;
        // It waits for the transaction that is open, on a thread of its own: SQLite waits on the caller's.
        var second = Task.Run(() => WriteAsync(_job, () => throw new InvalidOperationException("The rival was not seen.")));
        gate.SetResult();

        var wrote = await Task.WhenAll(first, second);
        Assert.Equal([true, false], wrote);
        Assert.Equal((1, 1), await CountAsync());
    }

    [Fact]
    public async Task WhatThrows_LeavesNothing_AndTheNextRunWrites()
    {
        await using (var database = _database.Open())
        {
            await Assert.ThrowsAsync<InvalidOperationException>(() => database.OncePerJobAsync(_job, Now, async () =>
            {
                database.Titles.Add(Book());
                await database.SaveChangesAsync();
                throw new InvalidOperationException("broken");
            }));
        }

        Assert.Equal((0, 0), await CountAsync());
        Assert.True(await WriteAsync(_job));
    }

    [Fact]
    public async Task NothingToWriteAfterAll_LeavesNoMark()
    {
        await using (var database = _database.Open())
        {
            Assert.False(await database.OncePerJobAsync(_job, Now, async () =>
            {
                await database.Titles.ExecuteDeleteAsync();
                database.Titles.Add(Book());
                return false;
            }));
        }

        Assert.Equal((0, 0), await CountAsync());
    }

    [Fact]
    public async Task Mark_IsForgotten_LongAfterTheHistoryForgotTheJob()
    {
        using var older = new InlineJob();
        await WriteAsync(_job);
        await _database.AddAsync(new JobEffect { JobId = older.Id, At = Now.AddTicks(-1) });
        var history = new SqliteJobHistory(_database.Contexts);

        Assert.Equal(0, await history.TrimAsync(Now, 1_000, 10, default));
        Assert.Equal(1, await history.TrimAsync(Now + OncePerJob.KeptBeyondHistory, 1_000, 10, default));

        await using var database = _database.Open();
        Assert.Equal(_job.Id, (await database.JobEffects.SingleAsync()).JobId);
    }

    async Task<bool> WriteAsync(JobContext job, Func<Task>? before = null)
    {
        await using var database = _database.Open();
        return await database.OncePerJobAsync(job, Now, async () =>
        {
            await (before?.Invoke() ?? Task.CompletedTask);
            database.Titles.Add(Book());
            return true;
        });
    }

    static Title Book() => new(new TitleDetails { Name = "Emma" }, DateTimeOffset.UnixEpoch);

    async Task<(int Titles, int Marks)> CountAsync()
    {
        await using var database = _database.Open();
        return (await database.Titles.CountAsync(), await database.JobEffects.CountAsync());
    }
}
