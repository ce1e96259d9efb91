namespace LibraryPortal.Circulation.Story;

/// <summary>One sentence of what happened to a request.</summary>
public sealed record StoryLine(DateTimeOffset At, string Text);
