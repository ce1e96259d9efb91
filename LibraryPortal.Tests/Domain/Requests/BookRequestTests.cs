using LibraryPortal.Domain.Catalog;
using LibraryPortal.Domain.Loans;
using LibraryPortal.Domain.Requests;

namespace LibraryPortal.Tests.Domain.Requests;

/// <summary>The table of transitions: every step from every state leads where library.md says, or is refused as a bug and changes nothing.</summary>
public sealed class BookRequestTests
{
    static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    static readonly Dictionary<(RequestState From, string Step), RequestState> Allowed = new()
    {
        [(RequestState.Pending, "approve")] = RequestState.Queued,
        [(RequestState.Queued, "set aside")] = RequestState.Ready,
        [(RequestState.Pending, "decline")] = RequestState.Declined,
        [(RequestState.Pending, "pause")] = RequestState.Paused,
        [(RequestState.Queued, "pause")] = RequestState.Paused,
        [(RequestState.Paused, "pause")] = RequestState.Paused,
        [(RequestState.Paused, "resume")] = RequestState.Queued,
        [(RequestState.Pending, "cancel")] = RequestState.Cancelled,
        [(RequestState.Queued, "cancel")] = RequestState.Cancelled,
        [(RequestState.Paused, "cancel")] = RequestState.Cancelled,
        [(RequestState.Ready, "cancel")] = RequestState.Cancelled,
        [(RequestState.Cancelled, "undo cancel")] = RequestState.Pending,
        [(RequestState.Pending, "expire")] = RequestState.Expired,
        [(RequestState.Queued, "expire")] = RequestState.Expired,
        [(RequestState.Paused, "expire")] = RequestState.Expired,
        [(RequestState.Ready, "expire pickup")] = RequestState.PickupExpired,
        [(RequestState.Ready, "give back")] = RequestState.Queued,
        [(RequestState.Ready, "lend")] = RequestState.OnLoan,
        [(RequestState.OnLoan, "return")] = RequestState.Completed,
        [(RequestState.Completed, "undo return")] = RequestState.OnLoan,
    };

    public static TheoryData<RequestState, string, RequestState?> Steps()
    {
        var data = new TheoryData<RequestState, string, RequestState?>();
        foreach (var state in Enum.GetValues<RequestState>())
        {
            foreach (var step in Allowed.Keys.Select(key => key.Step).Distinct())
                data.Add(state, step, Allowed.TryGetValue((state, step), out var next) ? next : null);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public void Step_FromEachState_LeadsWhereTheTableSays(RequestState from, string step, RequestState? to)
    {
        var scene = new Scene(from);
        var (version, copy) = (scene.Request.Version, scene.Copy.State);

        if (to is null)
        {
            Assert.Throws<InvalidOperationException>(() => scene.Do(step));
            Assert.Equal((from, version, copy), (scene.Request.State, scene.Request.Version, scene.Copy.State));
            return;
        }

        scene.Do(step);
        Assert.Equal(to, scene.Request.State);
        Assert.True(scene.Request.Version > version);
    }

    [Theory]
    [InlineData("pause", "cancel", "undo cancel", RequestState.Paused)]
    [InlineData("approve", "cancel", "undo cancel", RequestState.Queued)]
    [InlineData("pause", "resume", "approve", RequestState.Queued)]
    public void Steps_InARow_RememberWhereTheyCameFrom(string first, string second, string third, RequestState to)
    {
        var scene = new Scene(RequestState.Pending);
        scene.Do(first);
        scene.Do(second);
        scene.Do(third);
        Assert.Equal(to, scene.Request.State);
        Assert.Equal(to == RequestState.Paused ? Scene.PausedUntil : null, scene.Request.PausedUntil);
    }

    [Theory]
    [InlineData("cancel")]
    [InlineData("expire pickup")]
    [InlineData("give back")]
    public void Ready_WhenItEndsWithoutALoan_FreesTheCopy(string step)
    {
        var scene = new Scene(RequestState.Ready);
        scene.Do(step);
        Assert.Equal(CopyState.Available, scene.Copy.State);
        Assert.Null(scene.Request.CopyId);
        Assert.Null(scene.Request.CollectBy);
    }

    [Fact]
    public void UndoCancel_OfAReadyRequest_QueuesItAgain()
    {
        var scene = new Scene(RequestState.Ready);
        scene.Do("cancel");
        scene.Do("undo cancel");
        Assert.Equal(RequestState.Queued, scene.Request.State);
        Assert.Null(scene.Request.ClosedAt);
    }

    [Fact]
    public void Forget_WhileActive_IsABugAndAfterwards_KeepsAllButTheName()
    {
        var scene = new Scene(RequestState.OnLoan);
        Assert.Throws<InvalidOperationException>(() => scene.Request.Forget(Now));
        Assert.Throws<InvalidOperationException>(() => scene.Loan!.Forget(Now));
        scene.Do("return");
        scene.Request.Forget(Now);
        scene.Loan!.Forget(Now);
        Assert.Equal((null, null, "Emma"), (scene.Request.PatronId, scene.Loan.PatronId, scene.Request.BookName));
    }

    [Theory]
    [InlineData(RequestState.Pending, "pending")]
    [InlineData(RequestState.Queued, "pending")]
    [InlineData(RequestState.Ready, "approved")]
    [InlineData(RequestState.OnLoan, "approved")]
    [InlineData(RequestState.Completed, "returned")]
    [InlineData(RequestState.Declined, null)]
    public void ClassicWord_IsOneOfThree(RequestState state, string? word) => Assert.Equal(word, state.ClassicWord());

    /// <summary>A request brought into a state by the steps that lead there.</summary>
    sealed class Scene
    {
        public static readonly DateOnly PausedUntil = new(2026, 3, 9);

        static readonly Dictionary<RequestState, string[]> Ways = new()
        {
            [RequestState.Pending] = [],
            [RequestState.Queued] = ["approve"],
            [RequestState.Ready] = ["approve", "set aside"],
            [RequestState.OnLoan] = ["approve", "set aside", "lend"],
            [RequestState.Completed] = ["approve", "set aside", "lend", "return"],
            [RequestState.Declined] = ["decline"],
            [RequestState.Cancelled] = ["cancel"],
            [RequestState.Expired] = ["expire"],
            [RequestState.PickupExpired] = ["approve", "set aside", "expire pickup"],
            [RequestState.Paused] = ["approve", "pause"],
        };

        public Scene(RequestState state)
        {
            var title = new Title(new TitleDetails { Name = "Emma" }, Now);
            Copy = title.AddCopy("C000001");
            Request = BookRequest.Place(RequestedBook.Of(title), "ada", null, 1, null, Now.AddDays(60), Now);
            foreach (var step in Ways[state])
                Do(step);
        }

        public BookRequest Request { get; }

        public Copy Copy { get; }

        public Loan? Loan { get; private set; }

        public void Do(string step)
        {
            switch (step)
            {
                case "approve":
                    // A title's key is the database's to give; 0 stands for it here.
                    Request.Approve("lea", Now);
                    break;
                case "set aside":
                    Request.SetAside(Copy, Now.AddDays(7), Now);
                    break;
                case "decline":
                    Request.Decline("It is being rebound.", "lea", Now);
                    break;
                case "pause":
                    Request.Pause(PausedUntil, 5, Request.ExpiresAt);
                    break;
                case "resume":
                    Request.Resume(5, Request.ExpiresAt);
                    break;
                case "cancel":
                    Request.Cancel(Copy, null, Now);
                    break;
                case "undo cancel":
                    Request.UndoCancel();
                    break;
                case "expire":
                    Request.Expire(Now);
                    break;
                case "expire pickup":
                    Request.ExpirePickup(Copy, Now);
                    break;
                case "give back":
                    Request.GiveBack(Copy);
                    break;
                case "lend":
                    Loan = Loan.Lend(Copy, "ada", Request, Now.AddDays(21), Now);
                    break;
                case "return":
                    (Loan ?? throw new InvalidOperationException("Nothing was lent.")).Return(Copy, Request, Now);
                    break;
                case "undo return":
                    (Loan ?? throw new InvalidOperationException("Nothing was lent.")).UndoReturn(Copy, Request);
                    break;
                default:
                    throw new ArgumentOutOfRangeException(nameof(step));
            }
        }
    }
}
