using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Stores;
using LibraryPortal.Jobs.Worker;

namespace LibraryPortal.Tests.Jobs.Worker;

public sealed class LaneOrderTests
{
    [Fact]
    public void Next_GivesEachPriorityItsShareOfFirstLooks()
    {
        var order = new LaneOrder(["a"]);

        var firsts = Enumerable.Range(0, 150).Select(_ => order.Next()[0].Priority).CountBy(priority => priority).ToDictionary();

        Assert.Equal((80, 40, 20, 10), (firsts[JobPriority.Critical], firsts[JobPriority.High], firsts[JobPriority.Normal], firsts[JobPriority.Low]));
    }

    [Fact]
    public void Next_WhenStrict_LooksAtHigherPrioritiesFirstEveryTime_AndLetsQueuesTakeTurns()
    {
        var order = new LaneOrder(["a", "b"], PriorityOrder.Strict);

        var looks = Enumerable.Range(0, 10).Select(_ => order.Next()).ToList();

        Assert.All(looks, lanes => Assert.Equal(lanes.Select(lane => lane.Priority).Order(), lanes.Select(lane => lane.Priority)));
        Assert.Equal(["a", "b"], looks.Select(lanes => lanes[0].Queue).Distinct().Order());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(15)]
    public void Next_LooksFirstAtEachQueueInEachPriority(int queues)
    {
        var names = Enumerable.Range(0, queues).Select(number => $"q{number}").ToList();
        var order = new LaneOrder(names);

        var firsts = Enumerable.Range(0, queues * 15).Select(_ => order.Next()[0]).ToHashSet();

        Assert.Equal(queues * 4, firsts.Count);
    }

    [Fact]
    public void Next_LooksAtTheWorkersOwnQueueEveryTime_LastOfAll()
    {
        var order = new LaneOrder(["a", "b"], own: "@1");

        for (var turn = 0; turn < 30; turn++)
        {
            var lanes = order.Next();
            Assert.Equal(new Lane("@1", JobPriority.Critical), lanes[^1]);
            Assert.Equal(9, lanes.Distinct().Count());
        }
    }

    [Fact]
    public void Next_LooksEverywhereOnceAndByPriorityAfterTheFirst()
    {
        var order = new LaneOrder(["a", "b"]);

        for (var turn = 0; turn < 30; turn++)
        {
            var lanes = order.Next();
            Assert.Equal(8, lanes.Distinct().Count());
            var rest = lanes.Skip(2).Select(lane => lane.Priority).ToList();
            Assert.Equal(rest.Order(), rest);
            Assert.Equal(lanes[0].Priority, lanes[1].Priority);
        }
    }
}
