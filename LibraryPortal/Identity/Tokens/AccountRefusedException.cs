namespace LibraryPortal.Identity.Tokens;

/// <summary>The token is genuine, but its account may not use it any more. The message is a sentence for the client.</summary>
internal sealed class AccountRefusedException(string message) : Exception(message);
