namespace LibraryPortal.Jobs.Stores.Redis.Connections;

/// <summary>Redis answered a call of <see cref="RedisLine"/> with an error.</summary>
/// <param name="answer">As Redis gave it: a code first, such as <c>READONLY</c>.</param>
internal sealed class RedisRefusedException(string answer) : Exception(answer);
