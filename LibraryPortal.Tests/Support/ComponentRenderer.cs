using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using LibraryPortal.Components;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.JSInterop;

namespace LibraryPortal.Tests.Support;

/// <summary>Renders a component to HTML without a browser: what it says for given parameters, services and time.</summary>
public sealed class ComponentRenderer : IAsyncDisposable
{
    readonly ServiceProvider _services;
    readonly HtmlRenderer _renderer;

    /// <param name="configure">Adds to or replaces the shell's own services.</param>
    public ComponentRenderer(TimeProvider? time = null, Action<IServiceCollection>? configure = null)
    {
        var services = new ServiceCollection();
        services.AddSingleton(time ?? TimeProvider.System);
        services.AddSingleton(NSubstitute.Substitute.For<IJSRuntime>());
        services.AddLogging();
        services.AddShell();
        configure?.Invoke(services);
        _services = services.BuildServiceProvider();
        _renderer = new HtmlRenderer(_services, NullLoggerFactory.Instance);
    }

    public IServiceProvider Services => _services;

    /// <summary>The component as HTML text.</summary>
    public Task<string> HtmlAsync<TComponent>(params (string Name, object? Value)[] parameters) where TComponent : IComponent =>
        _renderer.Dispatcher.InvokeAsync(async () =>
        {
            var view = ParameterView.FromDictionary(parameters.ToDictionary(pair => pair.Name, pair => pair.Value, StringComparer.Ordinal));
            return (await _renderer.RenderComponentAsync<TComponent>(view)).ToHtmlString();
        });

    /// <summary>The component as a document to ask.</summary>
    public async Task<IHtmlDocument> RenderAsync<TComponent>(params (string Name, object? Value)[] parameters) where TComponent : IComponent =>
        new HtmlParser().ParseDocument(await HtmlAsync<TComponent>(parameters));

    /// <summary>Markup for a <see cref="RenderFragment"/> parameter.</summary>
    public static RenderFragment Markup(string html) => builder => builder.AddMarkupContent(0, html);

    public async ValueTask DisposeAsync()
    {
        await _renderer.DisposeAsync();
        await _services.DisposeAsync();
    }
}
