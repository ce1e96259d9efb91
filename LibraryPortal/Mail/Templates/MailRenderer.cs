using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace LibraryPortal.Mail.Templates;

/// <summary>Renders the HTML of a mail from its Razor template.</summary>
internal sealed class MailRenderer(IServiceScopeFactory scopes, ILoggerFactory loggers)
{
    public async Task<string> RenderAsync(MailDraft draft)
    {
        // The renderer takes scoped services of the framework.
        await using var scope = scopes.CreateAsyncScope();
        await using var renderer = new HtmlRenderer(scope.ServiceProvider, loggers);
        return await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var parameters = ParameterView.FromDictionary(new Dictionary<string, object?>(StringComparer.Ordinal) { [nameof(MessageMail.Draft)] = draft });
            var root = await renderer.RenderComponentAsync<MessageMail>(parameters);
            return root.ToHtmlString();
        });
    }
}
