namespace LibraryPortal.Hosting;

/// <summary>A setting is missing or wrong. The message is one sentence for the operator and is printed without a stack trace.</summary>
public sealed class SettingException : Exception
{
    public SettingException() : this("A setting is wrong.") { }

    public SettingException(string message) : base(message) { }

    public SettingException(string message, Exception innerException) : base(message, innerException) { }
}
