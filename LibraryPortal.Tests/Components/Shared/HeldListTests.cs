using LibraryPortal.Components.Shared;

namespace LibraryPortal.Tests.Components.Shared;

public sealed class HeldListTests
{
    readonly HeldList<int, (int Key, string Text)> _list = new(item => item.Key);

    [Fact]
    public void Update_WhileHeld_ChangesRowsInPlaceAndMovesNone()
    {
        _list.Update([(1, "a"), (2, "b")]);
        _list.Hold();

        _list.Update([(3, "new"), (2, "changed")]);

        Assert.Equal([(1, "a"), (2, "changed")], _list.Shown);
        Assert.True(_list.IsBehind);
        _list.LetGo();
        Assert.Equal([(3, "new"), (2, "changed")], _list.Shown);
        Assert.False(_list.IsBehind);
    }

    [Fact]
    public void Update_WithTheSameRowsWhileHeld_IsNotBehind()
    {
        _list.Update([(1, "a")]);
        _list.Hold();

        _list.Update([(1, "b")]);

        Assert.False(_list.IsBehind);
        Assert.Equal([(1, "b")], _list.Shown);
    }

    [Fact]
    public void Update_OfAnEmptyListWhileHeld_ShowsWhatCame()
    {
        _list.Hold();

        _list.Update([(1, "a")]);

        Assert.Equal([(1, "a")], _list.Shown);
    }

    [Fact]
    public void Show_WhileHeld_ShowsTheLatestOnce()
    {
        _list.Update([(1, "a")]);
        _list.Hold();
        _list.Update([(2, "b")]);

        _list.Show();

        Assert.Equal([(2, "b")], _list.Shown);
        _list.Update([(3, "c")]);
        Assert.Equal([(2, "b")], _list.Shown);
    }
}
