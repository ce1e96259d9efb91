using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Events;
using LibraryPortal.Jobs.Stores.Redis.Events;
using LibraryPortal.Tests.Support;

namespace LibraryPortal.Tests.Jobs.Stores.Redis.Events;

public sealed class EventPublisherTests
{
    readonly List<byte[]> _sent = [];


    [Fact]
    public void Message_ReadsAsItWasWritten()
    {
        JobEvent[] events =
        [
            new(JobId.New(), "a.b", JobState.Queued, "ana", null),
            new(JobId.New(), "a.b", JobState.Running, null, new JobProgress(3, long.MaxValue, "ü")),
            new(JobId.New(), "c", JobState.Failed, null, new JobProgress(0, 0, null)),
        ];
        var publisher = Publisher();
        foreach (var told in events)
            publisher.Add(told.Id, told.Name, told.State, told.Owner, told.Progress);

        publisher.Flush();

        Assert.Equal(events, EventMessage.Read(Assert.Single(_sent)));
    }

    [Fact]
    public void JobsNobodyOwns_AreToldOneByOneOnlyWhenTheyEnd()
    {
        var publisher = Publisher();
        var ids = Enumerable.Range(0, 100).Select(_ => JobId.New()).ToArray();
        foreach (var id in ids)
        {
            publisher.Add(id, "a", JobState.Queued, owner: null);
            publisher.Add(id, "a", JobState.Running, owner: null);
            publisher.Add(id, "a", JobState.Succeeded, owner: null);
        }

        publisher.Flush();

        var events = EventMessage.Read(Assert.Single(_sent));
        Assert.Equal(ids, events.Where(told => told.State == JobState.Succeeded).Select(told => told.Id));
        Assert.Single(events, told => told.State == JobState.Queued);
        Assert.Single(events, told => told.State == JobState.Running);
    }

    [Fact]
    public async Task WhatHappensWhileOneMessageIsOnItsWay_GoesOutTogether()
    {
        var under = new TaskCompletionSource();
        var second = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var publisher = new EventPublisher(message =>
        {
            lock (_sent)
                _sent.Add(message);
            if (_sent.Count == 2)
                second.SetResult();
            return under.Task;
        });

        for (var i = 0; i < 10; i++)
        {
            publisher.Add(JobId.New(), "a", JobState.Succeeded, null);
            publisher.Flush();
        }

        under.SetResult();
        await second.Task.WaitAsync(Eventually.Deadline);
        Assert.Equal([1, 9], _sent.Select(message => EventMessage.Read(message).Count));
    }

    [Fact]
    public async Task WhatCannotBeTold_BecomesAGap()
    {
        var under = new TaskCompletionSource();
        var second = new TaskCompletionSource<byte[]>(TaskCreationOptions.RunContinuationsAsynchronously);
        var publisher = new EventPublisher(message =>
        {
            _sent.Add(message);
            if (_sent.Count == 2)
                second.SetResult(message);
            return under.Task;
        });
        for (var i = 0; i < 60_000; i++)
        {
            publisher.Add(JobId.New(), "a", JobState.Succeeded, null);
            publisher.Flush();
        }

        under.SetResult();

        Assert.Equal(EventPublisher.Gap, await second.Task.WaitAsync(Eventually.Deadline));
    }

    [Fact]
    public async Task Dispose_SendsWhatIsLeft()
    {
        var publisher = Publisher();
        publisher.Add(JobId.New(), "a", JobState.Succeeded, null);
        publisher.Flush();
        publisher.Add(JobId.New(), "a", JobState.Succeeded, null);

        await publisher.DisposeAsync();

        Assert.Equal(2, _sent.Count);
    }

    [Fact]
    public void Message_OfALaterForm_IsPassedOver() => Assert.Empty(EventMessage.Read([99, 1, 2, 3]));

    EventPublisher Publisher() => new(message =>
    {
        _sent.Add(message);

        return Task.CompletedTask;
    });
}
