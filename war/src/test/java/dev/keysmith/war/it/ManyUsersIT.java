package dev.keysmith.war.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What is done for many users at once, and what tells of them all. */
@ArquillianTest
@RunAsClient
class ManyUsersIT {

  @ArquillianResource URI base;

  @Test
  void assignsToManyAndAnswersForEach() {
    try (Scene scene = new Scene(base)) {
      scene.importAll();
      scene.assign(0);
      Api.Answer started =
          scene
              .api()
              .post(
                  "/api/assignments",
                  Map.of(
                      "users",
                      Map.of("filters", Map.of("integration", "" + scene.integrationId()))));
      assertThat(started.status()).as(started.http().body()).isEqualTo(202);
      String address = URI.create(started.header("Location")).getPath();
      JsonNode end =
          scene
              .api()
              .follow(
                  address + "/events", it -> !it.required("state").asString().equals("RUNNING"));

      assertThat(end.required("assigned").asInt()).isEqualTo(5);
      assertThat(end.required("skipped").asInt()).isEqualTo(1);
      JsonNode skipped = scene.api().get(address + "/decisions?assigned=false").json();
      assertThat(skipped.required("items").required(0).required("userId").asLong())
          .isEqualTo(scene.userId(0));
      assertThat(scene.api().post("/api/assignments", Map.of("users", Map.of())).problem())
          .isEqualTo("selection.empty");
      assertThat(
              scene
                  .api()
                  .post("/api/assignments", Map.of("users", Map.of("ids", List.of(0))))
                  .status())
          .isEqualTo(404);
    }
  }

  @Test
  void previewsAWorkflowAndAppliesIt() {
    try (Scene scene = new Scene(base)) {
      scene.importAll();
      scene.importGroup("Staff");
      List<Long> groups = List.of(scene.groupId("Staff"));
      JsonNode draft =
          scene
              .api()
              .post(
                  "/api/workflows/preview/" + scene.integrationId() + "?decision=ASSIGNED",
                  Map.of("groupIds", groups))
              .json();
      long workflow = scene.workflow("NEW_SECURITY_KEY_ACTIVATED", groups);
      JsonNode preview = scene.api().get("/api/workflows/" + workflow + "/preview").json();

      assertThat(draft.required("assigned").asInt()).isEqualTo(3);
      assertThat(draft.at("/users/total").asInt()).isEqualTo(3);
      assertThat(preview.at("/users/total").asInt()).isEqualTo(6);
      assertThat(scene.passkeysOf(0)).isEmpty();

      Api.Answer applied =
          scene.api().post("/api/workflows/" + workflow + "/applications", Map.of());
      assertThat(applied.status()).as(applied.http().body()).isEqualTo(202);
      String address = URI.create(applied.header("Location")).getPath();
      JsonNode end =
          scene
              .api()
              .follow(
                  address + "/events", it -> !it.required("state").asString().equals("RUNNING"));
      assertThat(end.required("assigned").asInt()).isEqualTo(3);
      assertThat(
              scene
                  .api()
                  .get(
                      "/api/workflows/"
                          + workflow
                          + "/runs?decision=SKIPPED&cause=application:"
                          + end.required("id").asLong())
                  .json()
                  .required("total")
                  .asInt())
          .isEqualTo(3);
    }
  }

  @Test
  void importsAListAndReportsWhatIsWrongWithIt() {
    try (Scene scene = new Scene(base)) {
      String list =
          "\uFEFFName;Login\r\nAnn;" + scene.org().user(1).login() + "\r\nX;nobody@example.org\r\n";
      Api.Answer started = importing(scene, list);
      assertThat(started.status()).as(started.http().body()).isEqualTo(202);
      String address = URI.create(started.header("Location")).getPath();
      scene
          .api()
          .follow(
              address + "/events",
              it -> !it.required("state").asString().matches("QUEUED|RUNNING"));

      JsonNode run = scene.api().get(address).json();
      assertThat(run.required("state").asString()).as(run.toString()).isEqualTo("DONE");
      assertThat(run.at("/counts/created").asInt()).isEqualTo(1);
      assertThat(run.at("/counts/failed").asInt()).isEqualTo(1);
      assertThat(scene.api().get(address + "/problems").http().body().lines())
          .containsExactly(
              "line,user,problem",
              "3,nobody@example.org,The identity provider knows no such user.");
      assertThat(importing(scene, "a,b\nc,d\n").problem()).isEqualTo("import.list-titles");
    }
  }

  private static Api.Answer importing(Scene scene, String list) {
    return scene
        .api()
        .send(
            "POST",
            "/api/imports/list?integration=" + scene.integrationId(),
            BodyPublishers.ofString(list),
            Map.of("Content-Type", "text/csv"));
  }

  @Test
  void exportsTheAuditLog() {
    try (Scene scene = new Scene(base)) {
      scene.importAll();
      scene.assign(0);
      String filters = "?action=passkey.assigned&subjectType=user&subjectId=" + scene.userId(0);

      Api.Answer csv = scene.api().get("/api/audit/export.csv" + filters);
      Api.Answer lines = scene.api().get("/api/audit/export.jsonl" + filters);

      assertThat(csv.header("Content-Type")).startsWith("text/csv");
      assertThat(csv.http().body().lines()).hasSize(2);
      assertThat(lines.http().body().lines()).hasSize(1);
      assertThat(lines.json().at("/subject/label").asString())
          .isEqualTo(scene.org().user(0).login());
      assertThat(scene.api().get("/api/audit/export.csv?shoe=42").status()).isEqualTo(400);
    }
  }

  @Test
  void countsWhatTheListsShow() {
    try (Scene scene = new Scene(base)) {
      scene.importAll();
      scene.assign(0);
      JsonNode figures = scene.api().get("/api/overview").json();

      assertThat(figures.required("days")).hasSize(30);
      assertThat(figures.at("/passkeys/ASSIGNED").asInt()).isPositive();
      for (JsonNode figure : figures.required("users")) {
        StringBuilder list = new StringBuilder("/api/users?limit=1");
        figure
            .required("filters")
            .forEachEntry(
                (name, value) ->
                    list.append('&').append(name).append('=').append(value.asString()));
        assertThat(scene.api().get(list.toString()).json().required("total").asLong())
            .as(figure.toString())
            .isEqualTo(figure.required("count").asLong());
      }
    }
  }
}
