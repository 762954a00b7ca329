package dev.colloquy.adapter.http;

import dev.colloquy.adapter.http.problem.Problem;
import dev.colloquy.adapter.http.problem.ProblemType;
import java.util.Map;

/** The description of the HTTP surface: as an OpenAPI document, and as a page that shows it without the internet. */
final class DocumentationHandlers {

    /** Nothing from elsewhere, and nothing inline; images may be data, as those in the library's style sheet are. */
    private static final String CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; "
            + "img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /** What {@code /docs/{file}} serves; whatever is not named here cannot be asked for. */
    private static final Map<String, String> MEDIA_TYPES = Map.of(
            "docs.css", "text/css; charset=utf-8",
            "docs.js", "text/javascript; charset=utf-8",
            "swagger-ui.css", "text/css; charset=utf-8",
            "swagger-ui-bundle.js", "text/javascript; charset=utf-8",
            "favicon-32x32.png", "image/png");

    private final StaticFiles files = new StaticFiles();

    Response openApi(Request request) {
        return Response.json(200, files.own("openapi.json"));
    }

    Response page(Request request) {
        return Response.of(200, "text/html; charset=utf-8", files.own("docs.html"))
                .with("Content-Security-Policy", CONTENT_SECURITY_POLICY)
                .with("Referrer-Policy", "no-referrer");
    }

    Response file(Request request) {
        String name = request.pathParameter("file");
        String mediaType = MEDIA_TYPES.get(name);
        if (mediaType == null) {
            throw Problem.of(ProblemType.NOT_FOUND, "no resource has this path").asException();
        }
        byte[] content = name.startsWith("docs.") ? files.own(name) : files.ofSwaggerUi(name);
        return Response.of(200, mediaType, content).with("Cache-Control", "public, max-age=3600");
    }
}
