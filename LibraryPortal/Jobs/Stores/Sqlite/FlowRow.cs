using System.Text.Json;
using LibraryPortal.Jobs.Inspection;
using Microsoft.Data.Sqlite;

namespace LibraryPortal.Jobs.Stores.Sqlite;

/// <summary>How a flow's row is written and read back.</summary>
internal static class FlowRow
{
    /// <summary>The columns <see cref="Read"/> expects, of a table named <c>flow</c>. The last tells whether its last step succeeded, in part at least.</summary>
    public const string Columns = """
        id, name, owner, policy, accepted, total, stop, succeeded, failed, cancelled, finished,
        total = 0 OR EXISTS (SELECT 1 FROM flow_gate WHERE flow_gate.flow = flow.key AND gate = 1 AND flow_gate.succeeded > 0)
        """;

    public static byte[] Key(FlowId id) => id.Value.ToByteArray(bigEndian: true);

    public static byte[] Write(FlowNode shape) => JsonSerializer.SerializeToUtf8Bytes(shape);

    public static FlowNode ReadShape(byte[] shape) => JsonSerializer.Deserialize<FlowNode>(shape)!;

    public static FlowRecord Read(SqliteDataReader row)
    {
        var finished = row.IsDBNull(10) ? (DateTimeOffset?)null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(10));
        return new FlowRecord
        {
            Id = new FlowId(new Guid(row.GetFieldValue<byte[]>(0), bigEndian: true)),
            Name = row.GetString(1),
            Owner = row.IsDBNull(2) ? null : row.GetString(2),
            OnFailure = (FlowFailure)row.GetInt32(3),
            AcceptedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(4)),
            Total = row.GetInt32(5),
            State = State((FlowStop)row.GetInt32(6), finished is not null, row.GetBoolean(11)),
            Succeeded = row.GetInt32(7),
            Failed = row.GetInt32(8),
            Cancelled = row.GetInt32(9),
            FinishedAt = finished,
        };
    }

    static FlowState State(FlowStop stop, bool isFinished, bool endSucceeded) => (stop, isFinished) switch
    {
        (FlowStop.None, false) => FlowState.Running,
        (_, false) => FlowState.Stopping,
        (FlowStop.Cancelled, _) => FlowState.Cancelled,
        (FlowStop.Failed, _) => FlowState.Failed,
        _ => endSucceeded ? FlowState.Succeeded : FlowState.Failed,
    };
}
