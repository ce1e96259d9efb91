namespace LibraryPortal.Jobs.Inspection;

/// <param name="Ended">Flows whose jobs have all ended, latest first; else those that go on, newest first.</param>
/// <param name="Offset">Flows to pass over.</param>
/// <param name="Count">At most this many; 1 to 200.</param>
public sealed record FlowQuery(bool Ended = false, int Offset = 0, int Count = 50);

/// <param name="Total">Flows of that kind in all.</param>
public sealed record FlowPage(IReadOnlyList<FlowRecord> Flows, long Total);

/// <summary>One job of a flow.</summary>
/// <param name="Number">From 0, in the order they were written.</param>
/// <param name="State">The state it is in; known even when its record has expired.</param>
/// <param name="Record">The job; null once its record has expired.</param>
public sealed record FlowJob(int Number, JobId Id, JobState State, JobRecord? Record);

/// <summary>A flow with the way it is built.</summary>
public sealed record FlowTree(FlowRecord Flow, FlowNode Root);
