using LibraryPortal.Components.Shared.Toasts;
using LibraryPortal.Tests.Support;

namespace LibraryPortal.Tests.Components.Shared.Toasts;

public sealed class CircuitToastsTests
{
    readonly ManualClock _time = new();

    [Fact]
    public void Show_AFifth_TheOldestGivesWay()
    {
        using var toasts = new CircuitToasts(_time);
        for (var i = 1; i <= 5; i++)
            toasts.Show(new Toast(ToastTone.Info, $"{i}"));
        Assert.Equal(["2", "3", "4", "5"], toasts.Shown.Select(toast => toast.Text));
    }

    [Fact]
    public void Show_TheSameKey_Replaces()
    {
        using var toasts = new CircuitToasts(_time);
        toasts.Show(new Toast(ToastTone.Info, "Working") { Key = "export" });
        toasts.Show(new Toast(ToastTone.Success, "Ready") { Key = "export" });
        Assert.Equal(["Ready"], toasts.Shown.Select(toast => toast.Text));
    }

    [Fact]
    public void Toast_AfterItsTime_FadesUnlessItIsAnErrorOrHasALink()
    {
        using var toasts = new CircuitToasts(_time);
        toasts.Show(new Toast(ToastTone.Info, "plain"));
        toasts.Show(new Toast(ToastTone.Error, "error"));
        toasts.Show(new Toast(ToastTone.Success, "link", "Download", "/me/exports"));
        var changes = 0;
        toasts.Changed += () => changes++;
        _time.Advance(CircuitToasts.Stay);
        Assert.Equal(["error", "link"], toasts.Shown.Select(toast => toast.Text));
        Assert.Equal(1, changes);
    }

    [Fact]
    public void Dismiss_AnUnknownKey_ChangesNothing()
    {
        using var toasts = new CircuitToasts(_time);
        toasts.Changed += () => Assert.Fail("Nothing changed.");
        toasts.Dismiss("unknown");
    }
}
