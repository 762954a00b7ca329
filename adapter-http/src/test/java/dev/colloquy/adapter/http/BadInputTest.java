package dev.colloquy.adapter.http;

import static dev.colloquy.adapter.http.Answers.assertProblem;
import static dev.colloquy.adapter.http.Answers.header;
import static dev.colloquy.adapter.http.Answers.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Bad input")
class BadInputTest {

    private static final String MESSAGES = "/v1/agents/onboarding/users/alex/conversation/messages";
    private static final String GOOD = "{\"role\":\"user\",\"content\":\"x\"}";

    private Client client;

    @BeforeEach
    void start() {
        client = Client.ofNewServer();
    }

    @AfterEach
    void nothingWasStored() throws Exception {
        try (Client closing = client) {
            assertThat(closing.store().saves()).isZero();
            assertThat(closing.get("/health/ready").statusCode()).isEqualTo(200);
        }
    }

    @ParameterizedTest(name = "{0} is {1} at {2}")
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "[]                                          | wrong-type    |",
                "`\"x\"`                                     | wrong-type    |",
                "null                                        | wrong-type    |",
                "{}                                          | missing-field | role",
                "{'role':'user'}                             | missing-field | content",
                "{'content':'x'}                             | missing-field | role",
                "{'role':1,'content':'x'}                    | wrong-type    | role",
                "{'role':null,'content':'x'}                 | wrong-type    | role",
                "{'role':'user','content':['x']}             | wrong-type    | content",
                "{'role':'user','content':true}              | wrong-type    | content",
                "{'role':'user','content':'x','id':null}     | wrong-type    | id",
                "{'role':'user','content':'x','id':''}       | invalid-value | id",
                "{'role':'user','content':'x','id':'a b'}    | invalid-value | id",
                "{'role':'User','content':'x'}               | invalid-value | role",
                "{'role':'','content':'x'}                   | invalid-value | role",
                "{'role':'user','content':'x','text':'y'}    | unknown-field | text",
                "{'role':'user','content':'x','Role':'y'}    | unknown-field | Role",
                "{'role':'user','content':'x','role':'user'} | repeated-field | role",
                "{'role':'user','content':'x','metadata':'y'} | wrong-type   | metadata",
                "{'role':'user','content':'x','metadata':{'a':1}} | wrong-type | metadata.a",
                "{'role':'user','content':'x','metadata':{'a':{}}} | wrong-type | metadata.a",
                "{'role':'user','content':'x','metadata':{'':'y'}} | invalid-value | metadata",
                "{'role':'user','content':'x','metadata':{'a':'1','a':'2'}} | repeated-field | metadata.a",
                "{'role':'user','content':'\\ud800'}         | invalid-value | content",
                "{'messages':[]}                             | invalid-value | messages",
                "{'messages':{}}                             | wrong-type    | messages",
                "{'messages':[1]}                            | wrong-type    | messages[0]",
                "{'messages':[{'role':'user'}]}              | missing-field | messages[0].content",
                "{'messages':[{'role':'user','content':'x'},{'role':'U','content':'x'}]} | invalid-value | messages[1].role",
                "{'messages':[{'role':'user','content':'x','x':1}]} | unknown-field | messages[0].x",
                "{'messages':[{'messages':[]}]}              | unknown-field | messages[0].messages",
                "{'messages':[{'role':'user','content':'x'}],'role':'user'} | unknown-field | messages",
                "{'messages':[],'messages':[]}               | repeated-field | messages",
                "{'messages':[{'id':'a','role':'user','content':'x'},{'id':'a','role':'user','content':'x'}]} | invalid-value | messages[1].id",
                "{'messages':[{'role':'user','content':'\\ud800'}]} | invalid-value | messages[0].content",
                "{'messages':[{'role':'user','content':'x'},{'role':'user','content':'\\ud800'}]} | invalid-value | messages[1].content",
                "{'messages':[{'role':'user','content':'x'},{'role':'user','content':'x','metadata':{'':'y'}}]} | invalid-value | messages[1].metadata",
                "{'messages':[{'id':'a','role':'user','content':'x'},{'id':'a','role':'user','content':'x'},{'role':'user','content':'\\ud800'}]} | invalid-value | messages[2].content"
            })
    @DisplayName("in the fields of a body is refused, naming the field")
    void fields(String body, String type, String field) throws Exception {
        JsonNode problem = assertProblem(client.post(MESSAGES, body.replace('\'', '"')), 400, type);

        assertThat(problem.path("field").textValue()).isEqualTo(field);
        assertThat(problem.get("allowed").textValue()).isNotBlank();
    }

    @ParameterizedTest(name = "{0} at {1}:{2}")
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "{'role':'user',~'content':secret}       | 2 | 11",
                "{'role':'user','content':'x'            | 1 | 29",
                "{'role':'user','content':'secret        | 1 | 32",
                "{'role':'user','content':'x',}          | 1 | 30",
                "{'role':'user','content':'x'}~~{}       | 3 | 1",
                "{'role':'user','content':'x'} secret    | 1 | 31",
                "{'role':'user' 'content':'secret'}      | 1 | 17",
                "{role:'user','content':'x'}             | 1 | 3",
                "{'role':'user','content':'se~cret'}     | 1 | 29",
                "{'role':'user','content':'\\x'}         | 1 | 29",
                "{'role':'user','content':NaN}           | 1 | 27",
                "{'role':'user','content':01}            | 1 | 27",
                "{'role':'user','content':'x','\\udc00':1} | 1 | 37",
                "/* secret */ {}                         | 1 | 2",
                "~~                                      | 3 | 1"
            })
    @DisplayName("that is not JSON is refused with line and column, and never quoted")
    void notJson(String body, int line, int column) throws Exception {
        var answer = client.post(MESSAGES, body.replace('\'', '"').replace('~', '\n'));

        JsonNode problem = assertProblem(answer, 400, "malformed-json");
        assertThat(problem.get("line").intValue()).isEqualTo(line);
        assertThat(problem.get("column").intValue()).isBetween(column - 2, column + 2);
        assertThat(problem.get("detail").textValue()).contains("line " + line);
        assertThat(answer.body()).doesNotContain("secret");
    }

    @Test
    @DisplayName("in other encodings than plain UTF-8 is refused")
    void encodings() throws Exception {
        byte[] invalid = GOOD.replace('x', '\u00e9').getBytes(StandardCharsets.ISO_8859_1);
        JsonNode problem = assertProblem(postBytes(invalid), 400, "malformed-json");
        assertThat(problem.get("line").intValue()).isEqualTo(1);
        assertThat(problem.get("column").intValue()).isEqualTo(GOOD.indexOf("x") + 1);

        assertProblem(postBytes(GOOD.getBytes(StandardCharsets.UTF_16BE)), 400, "malformed-json");
        assertProblem(postBytes(("\uFEFF" + GOOD).getBytes(StandardCharsets.UTF_8)), 400, "malformed-json");
        // A lone surrogate as three bytes, and a slash as two, which lenient decoders let through.
        byte[] surrogate = GOOD.replace("x", "abc").getBytes(StandardCharsets.UTF_8);
        System.arraycopy(new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80}, 0, surrogate, GOOD.indexOf("x"), 3);
        assertProblem(postBytes(surrogate), 400, "malformed-json");
        byte[] overlong = GOOD.replace("x", "ab").getBytes(StandardCharsets.UTF_8);
        System.arraycopy(new byte[] {(byte) 0xC0, (byte) 0xAF}, 0, overlong, GOOD.indexOf("x"), 2);
        assertProblem(postBytes(overlong), 400, "malformed-json");
    }

    @Test
    @DisplayName("that nests without end is refused at once")
    void nesting() throws Exception {
        assertProblem(client.post(MESSAGES, "[".repeat(5000)), 400, "wrong-type");
        assertProblem(client.post(MESSAGES, "{\"messages\":" + "[".repeat(5000)), 400, "wrong-type");
    }

    @Test
    @DisplayName("of more messages than a batch may have is refused")
    void tooMany() throws Exception {
        String body = "{\"messages\":[" + (GOOD + ",").repeat(128) + GOOD + "]}";

        var problem = assertProblem(client.post(MESSAGES, body), 400, "invalid-value");
        assertThat(problem.get("field").textValue()).isEqualTo("messages");
    }

    @Test
    @DisplayName("without a body is refused")
    void missingBody() throws Exception {
        assertProblem(client.send("POST", MESSAGES, BodyPublishers.noBody()), 400, "missing-body");
        assertProblem(client.post(MESSAGES, ""), 400, "missing-body");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/x-www-form-urlencoded",
                "application/json;charset=utf-16",
                "application/json;x",
                "x"
            })
    @DisplayName("of another media type is refused")
    void mediaType(String type) throws Exception {
        var answer = client.send("POST", MESSAGES, BodyPublishers.ofString(GOOD), "Content-Type", type);

        assertThat(assertProblem(answer, 415, "unsupported-media-type")
                        .get("field")
                        .textValue())
                .isEqualTo("Content-Type");
        assertThat(header(answer, "Accept-Post")).isEqualTo("application/json");
    }

    @Test
    @DisplayName("without a media type is refused")
    void noMediaType() throws Exception {
        assertProblem(client.send("POST", MESSAGES, BodyPublishers.ofString(GOOD)), 415, "unsupported-media-type");
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/agents/-x/users/alex/conversation, agent",
        "/v1/agents/a%3Ab/users/alex/conversation, agent",
        "/v1/agents//users/alex/conversation, agent",
        "/v1/agents/a/users//conversation, user",
        "/v1/agents/a/users/a%00b/conversation, user",
        "/v1/agents/a/users/a%0Ab/conversation/messages, user"
    })
    @DisplayName("in the names of agent and user is refused")
    void names(String path, String field) {
        String answer = client.raw("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

        assertThat(answer)
                .startsWith("HTTP/1.1 400 ")
                .contains("urn:colloquy:problem:invalid-value\"")
                .contains("\"field\":\"" + field + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "%4", "%zz", "%ff", "%C0%AF", "%ED%A0%80", "a%F0%9F%8E", "\u00e9", "a#b"})
    @DisplayName("in the encoding of a path is refused")
    void paths(String user) {
        String answer = client.raw(
                "GET /v1/agents/a/users/" + user + "/conversation HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 400 ").contains("urn:colloquy:problem:malformed-uri\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/v1",
                "/v2/agents/a/conversations",
                "/v1/agents/a/conversations/",
                "//v1/agents/a/conversations",
                "/v1/agents/a/users/b/c/conversation",
                "/v1/agents/a/../a/conversations",
                "/v1/agents/a/conversations;x",
                "/health"
            })
    @DisplayName("of a path where nothing is gives 404")
    void notFound(String path) {
        assertThat(client.raw("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 404 ")
                .contains("urn:colloquy:problem:not-found\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PUT    | /v1/agents/a/users/b/conversation/messages | GET, HEAD, OPTIONS, POST",
                "DELETE | /v1/agents/a/users/b/conversation/messages | GET, HEAD, OPTIONS, POST",
                "POST   | /v1/agents/a/users/b/conversation          | DELETE, GET, HEAD, OPTIONS",
                "PATCH  | /v1/agents/a/conversations                 | GET, HEAD, OPTIONS",
                "BREW   | /health/live                               | GET, HEAD, OPTIONS"
            })
    @DisplayName("of a method that a path does not have gives 405 and those it has")
    void method(String method, String path, String allow) throws Exception {
        var answer = client.send(method, path, BodyPublishers.ofString(GOOD), "Content-Type", "application/json");

        assertProblem(answer, 405, "method-not-allowed");
        assertThat(header(answer, "Allow")).isEqualTo(allow);

        var options = client.send("OPTIONS", path, BodyPublishers.noBody());
        assertThat(options.statusCode()).isEqualTo(204);
        assertThat(header(options, "Allow")).isEqualTo(allow);
    }

    @Test
    @DisplayName("gives each answer as JSON that stands by itself")
    void selfContained() throws Exception {
        assertThat(json(client.get("/nope")).size()).isEqualTo(4);
    }

    private HttpResponse<String> postBytes(byte[] body) throws Exception {
        return client.send(
                "POST", MESSAGES, BodyPublishers.ofByteArray(body), "Content-Type", "Application/JSON; charset=UTF-8");
    }
}
