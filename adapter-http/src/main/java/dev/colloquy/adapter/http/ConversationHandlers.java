package dev.colloquy.adapter.http;

import dev.colloquy.adapter.http.json.AnswerWriter;
import dev.colloquy.adapter.http.json.MessagesReader;
import dev.colloquy.adapter.http.json.SentMessages;
import dev.colloquy.adapter.http.problem.Problem;
import dev.colloquy.adapter.http.problem.ProblemType;
import dev.colloquy.adapter.http.problem.Problems;
import dev.colloquy.domain.conversation.AgentId;
import dev.colloquy.domain.conversation.ClearReceipt;
import dev.colloquy.domain.conversation.ConversationId;
import dev.colloquy.domain.conversation.ConversationPage;
import dev.colloquy.domain.conversation.ConversationView;
import dev.colloquy.domain.conversation.ExpectedPosition;
import dev.colloquy.domain.conversation.Receipt;
import dev.colloquy.domain.error.RuleViolation;
import dev.colloquy.domain.port.in.SaveMessagesCommand;
import java.util.List;
import java.util.regex.Pattern;

/** The calls about conversations. */
record ConversationHandlers(HttpPorts ports) {

    // A semicolon may stand without a parameter: RFC 9110, section 5.6.6.
    private static final Pattern JSON = Pattern.compile(
            "application/json(\\s*+;\\s*+(charset\\s*+=\\s*+\"?utf-8\"?)?)*+\\s*+", Pattern.CASE_INSENSITIVE);
    private static final String STATE = "Colloquy-State";
    private static final String DEGRADED = "degraded";

    Response saveMessages(Request request) {
        refuse(request, "If-None-Match");
        ConversationId id = Parameters.conversation(request);
        ExpectedPosition expected = request.header("If-Match")
                .map(header -> EntityTag.expected(header, id.toString()))
                .orElseGet(ExpectedPosition::any);
        Receipt receipt = save(id, readMessages(request), expected);
        String location = Routes.MESSAGES.expand(id.agent().value(), id.user().value());
        byte[] body = AnswerWriter.receipt(receipt);
        return switch (receipt) {
            case Receipt.Stored stored ->
                Response.json(stored.replay() ? 200 : 201, body)
                        .with("ETag", EntityTag.of(stored))
                        .with(
                                "Location",
                                location + "?after=" + (stored.firstSequence() - 1) + "&limit="
                                        + stored.messages().size());
            case Receipt.Accepted accepted ->
                Response.json(202, body).with(STATE, DEGRADED).with("Location", location);
        };
    }

    Response getMessages(Request request) {
        refuse(request, "If-Match");
        ConversationView view = read(request);
        if (view.state() == ConversationView.State.DEGRADED) {
            return Response.json(200, AnswerWriter.messages(view)).with(STATE, DEGRADED);
        }
        String tag = EntityTag.of(view);
        boolean known = request.header("If-None-Match")
                .map(header -> EntityTag.noneMatchNames(header, tag))
                .orElse(false);
        Response response = known ? Response.empty(304) : Response.json(200, AnswerWriter.messages(view));
        return response.with("ETag", tag).with("Cache-Control", "private, no-cache");
    }

    Response getConversation(Request request) {
        ConversationView view = read(request);
        Response response = Response.json(200, AnswerWriter.conversation(view));
        return view.state() == ConversationView.State.DEGRADED ? response.with(STATE, DEGRADED) : response;
    }

    Response clearConversation(Request request) {
        refuse(request, "If-Match");
        refuse(request, "If-None-Match");
        ClearReceipt receipt = ports.clearConversation().clearConversation(Parameters.conversation(request));
        return switch (receipt) {
            case CLEARED -> Response.empty(204);
            case ACCEPTED -> Response.empty(202).with(STATE, DEGRADED);
        };
    }

    Response listConversations(Request request) {
        AgentId agent = Parameters.agent(request);
        ConversationPage page = ports.listConversations().listConversations(agent, Parameters.page(request));
        List<AnswerWriter.Link> links =
                page.conversations().stream().map(ConversationHandlers::link).toList();
        return Response.json(200, AnswerWriter.page(links, page.next()));
    }

    private Receipt save(ConversationId id, SentMessages sent, ExpectedPosition expected) {
        try {
            return ports.saveMessage().saveMessages(new SaveMessagesCommand(id, sent.messages(), expected));
        } catch (RuleViolation refusal) {
            throw Problems.of(sent.placeOf(refusal), refusal).asException();
        }
    }

    private ConversationView read(Request request) {
        return ports.getConversation().getConversation(Parameters.conversation(request), Parameters.range(request));
    }

    private static AnswerWriter.Link link(ConversationId id) {
        String agent = id.agent().value();
        String user = id.user().value();
        return new AnswerWriter.Link(agent, user, Routes.CONVERSATION.expand(agent, user));
    }

    private static SentMessages readMessages(Request request) {
        if (!isJson(request.header("Content-Type").orElse("")) && request.body().isPresent()) {
            throw Problem.of(ProblemType.UNSUPPORTED_MEDIA_TYPE, "the body must be JSON in UTF-8")
                    .at("Content-Type", "application/json")
                    .withHeader("Accept-Post", "application/json")
                    .asException();
        }
        return MessagesReader.read(request.body().read());
    }

    /** Nearly all send just the first, which needs no pattern. */
    private static boolean isJson(String mediaType) {
        return mediaType.equals("application/json") || JSON.matcher(mediaType).matches();
    }

    /** Refuses a condition that this call cannot keep; ignoring it could do what the caller wanted to prevent. */
    private static void refuse(Request request, String header) {
        request.header(header).ifPresent(value -> {
            throw Problems.invalidValue(header, value, "no such header with this method")
                    .asException();
        });
    }
}
