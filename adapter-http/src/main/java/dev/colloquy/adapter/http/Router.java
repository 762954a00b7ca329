package dev.colloquy.adapter.http;

import dev.colloquy.adapter.http.problem.Problem;
import dev.colloquy.adapter.http.problem.ProblemException;
import dev.colloquy.adapter.http.problem.ProblemType;
import dev.colloquy.adapter.http.problem.Problems;
import dev.colloquy.domain.error.ColloquyException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the route of a request, runs the filters around its handler and turns every error into a problem. */
final class Router {

    private static final Logger LOG = LoggerFactory.getLogger(Router.class);

    private final List<Route> routes;
    private final List<Filter> filters;

    /**
     * @param routes the table
     * @param filters what happens around each request, the outermost first
     */
    Router(List<Route> routes, List<Filter> filters) {
        this.routes = List.copyOf(routes);
        this.filters = List.copyOf(filters);
    }

    /**
     * Answers a request. Never throws but for errors of the JVM.
     *
     * @param target the path and query as they came
     */
    Response answer(String method, String target, Function<String, @Nullable String> headers, RequestBody body) {
        int question = target.indexOf('?');
        String rawPath = question < 0 ? target : target.substring(0, question);
        String rawQuery = question < 0 ? "" : target.substring(question + 1);
        Request bare = new Request(method, headers, body);
        return answer(bare, rawPath, rawQuery).with(CorrelationId.HEADER, bare.correlationId());
    }

    private Response answer(Request bare, String rawPath, String rawQuery) {
        try {
            return resolve(bare, rawPath, rawQuery);
        } catch (ProblemException e) {
            return run(bare, request -> Response.problem(e.problem()));
        }
    }

    private Response resolve(Request bare, String rawPath, String rawQuery) {
        if (rawPath.equals("*") && bare.method().equals("OPTIONS")) {
            return run(bare, request -> Response.empty(204));
        }
        List<String> segments = PercentEncoding.decodePath(rawPath);
        boolean head = bare.method().equals("HEAD");
        Set<String> allowed = new TreeSet<>();
        for (Route route : routes) {
            Optional<Map<String, String>> path = route.template().match(segments);
            if (path.isPresent()) {
                if (route.method().equals(head ? "GET" : bare.method())) {
                    return run(bare, route, path.get(), rawQuery);
                }
                allowed.add(route.method());
            }
        }
        return run(bare, request -> withoutRoute(request.method(), allowed));
    }

    private Response run(Request bare, Route route, Map<String, String> path, String rawQuery) {
        return run(
                bare.to(route, path),
                filtered -> route.handler().handle(filtered.asking(knownParameters(route, rawQuery))));
    }

    private static Map<String, String> knownParameters(Route route, String rawQuery) {
        Map<String, String> query = PercentEncoding.decodeQuery(rawQuery);
        for (String name : query.keySet()) {
            if (!route.parameters().contains(name)) {
                String allowed = route.parameters().isEmpty()
                        ? "no parameter"
                        : String.join(", ", new TreeSet<>(route.parameters()));
                throw Problem.of(ProblemType.UNKNOWN_PARAMETER, "the query holds a parameter that is not known")
                        .at(Parameters.shortened(name), allowed)
                        .asException();
            }
        }
        return query;
    }

    private static Response withoutRoute(String method, Set<String> methods) {
        TreeSet<String> allowed = new TreeSet<>(methods);
        if (allowed.isEmpty()) {
            return Response.problem(
                    Problem.of(ProblemType.NOT_FOUND, "no resource has this path; /docs lists those there are"));
        }
        if (allowed.contains("GET")) {
            allowed.add("HEAD");
        }
        allowed.add("OPTIONS");
        String allow = String.join(", ", allowed);
        if (method.equals("OPTIONS")) {
            return Response.empty(204).with("Allow", allow);
        }
        return Response.problem(Problem.of(ProblemType.METHOD_NOT_ALLOWED, "this resource knows " + allow)
                .withHeader("Allow", allow));
    }

    private Response run(Request request, Handler handler) {
        return run(request, handler, 0);
    }

    /** Runs the filters from this one on, and then the handler. */
    private Response run(Request request, Handler handler, int from) {
        try {
            return from == filters.size()
                    ? handler.handle(request)
                    : filters.get(from).filter(request, seen -> run(seen, handler, from + 1));
        } catch (ProblemException e) {
            return Response.problem(e.problem());
        } catch (ColloquyException e) {
            return failed(request, e);
        } catch (RuntimeException e) {
            return unexpected(request, e);
        }
    }

    private static Response failed(Request request, ColloquyException error) {
        Problem problem = Problems.of(error);
        if (problem.type().status() != ProblemType.STORED_DATA_UNREADABLE.status()) {
            return Response.problem(problem);
        }
        // An outage is logged once by the store itself; this is one conversation, which somebody has to look after.
        // Logs name no user: the answer says which conversation it is, and the correlation id brings the two together.
        LOG.error(
                "{} {}: a stored conversation of agent {} cannot be read; correlation id {}",
                request.method(),
                template(request),
                request.path().get("agent"),
                request.correlationId());
        return Response.problem(problem.with("correlationId", request.correlationId()));
    }

    private static Response unexpected(Request request, RuntimeException error) {
        LOG.error(
                "Unexpected error in {} {}, correlation id {}",
                request.method(),
                template(request),
                request.correlationId(),
                error);
        return Response.problem(
                Problem.of(ProblemType.INTERNAL_ERROR, "an unexpected error; the log of the service has more about it")
                        .with("correlationId", request.correlationId()));
    }

    private static String template(Request request) {
        return request.route().map(route -> route.template().text()).orElse("no route");
    }
}
