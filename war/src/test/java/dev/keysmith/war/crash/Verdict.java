package dev.keysmith.war.crash;

import dev.keysmith.testing.key.VirtualKey.KeyCredential;
import dev.keysmith.testing.key.model.TouchPolicy;
import dev.keysmith.testing.org.PracticeOrg;
import dev.keysmith.testing.org.factor.OrgFactor;
import dev.keysmith.war.it.Api;
import dev.keysmith.war.it.Key;
import java.net.URI;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Compares what Keysmith says with what the org has, what is on the keys, and the audit log. */
final class Verdict {

  private final Api api;
  private final PracticeOrg org;
  private final Facts facts;
  private final List<String> violations = new ArrayList<>();
  private final Set<Long> keysSeen = new HashSet<>();

  Verdict(Cluster cluster, PracticeOrg org, Facts facts) {
    this.api = cluster.api();
    this.org = org;
    this.facts = facts;
  }

  /** All that is wrong; empty if nothing is. */
  List<String> of(List<Person> people) throws SQLException {
    expect(facts.open().isEmpty(), "passkeys whose enrolment is open: " + facts.open());
    expect(facts.pending(people).isEmpty(), "pending at the org: " + facts.pending(people));
    JsonNode letters = api.get("/api/dead-letters?limit=500").json();
    expect(letters.required("total").asInt() == 0, "dead letters: " + letters);
    for (Person person : people) {
      judge(person);
    }
    int keys = api.get("/api/keys?limit=1").json().required("total").asInt();
    expect(keys == people.size(), keys + " keys in the inventory for " + people.size());
    return List.copyOf(violations);
  }

  private void expect(boolean holds, String otherwise) {
    if (!holds) {
      violations.add(otherwise);
    }
  }

  private void judge(Person person) throws SQLException {
    JsonNode passkeys = api.get("/api/passkeys?user=" + person.userId()).json().required("items");
    JsonNode passkey = passkeys.path(0);
    boolean active = passkeys.size() == 1 && passkey.path("state").asString("").equals("ACTIVE");
    expect(active, person.login() + " has not exactly one active passkey: " + passkeys);
    if (active) {
      key(person, passkey);
      factor(person, passkey.required("factorId").asString());
      audit(person, passkey.required("factorId").asString());
      signIn(person);
    }
  }

  private void key(Person person, JsonNode passkey) throws SQLException {
    long keyId = passkey.required("keyId").asLong();
    JsonNode key = api.get("/api/keys/" + keyId).json();
    expect(keysSeen.add(keyId), "key " + keyId + " holds passkeys of two people");
    boolean right =
        key.path("serialNumber").asString("").equals(person.virtual().serialNumber())
            && key.path("state").asString("").equals("ACTIVE")
            && key.path("ownerId").asLong(-1) == person.userId();
    expect(right, person.login() + " has another key in the inventory: " + key);
    List<String> left = facts.leftovers(keyId);
    Set<String> known = new HashSet<>(activeAtTheOrg(person));
    for (KeyCredential credential : person.virtual().credentials()) {
      boolean explained =
          known.contains(credential.id().toBase64Url())
              || left.contains(credential.userHandle().toBase64Url());
      expect(explained, "the key of " + person.login() + " holds an unexplained credential");
    }
  }

  private List<String> activeAtTheOrg(Person person) {
    return org.factors(person.login()).stream()
        .flatMap(factor -> factor.passkey().stream())
        .map(passkey -> passkey.credentialId().getBase64Url())
        .toList();
  }

  private void factor(Person person, String factorId) {
    List<OrgFactor> factors = org.factors(person.login());
    boolean one =
        factors.size() == 1 && factors.get(0).isActive() && factors.get(0).id().equals(factorId);
    expect(one, person.login() + " should have factor " + factorId + ", and has " + factors);
    boolean onTheKey = Facts.held(person).containsAll(activeAtTheOrg(person));
    expect(onTheKey, "the key of " + person.login() + " lacks the credential of " + factors);
  }

  private void audit(Person person, String factorId) {
    List<JsonNode> entries =
        api.get("/api/audit?limit=200&subject=" + person.login())
            .json()
            .required("items")
            .valueStream()
            .toList();
    List<String> factors =
        entries.stream()
            .filter(entry -> entry.required("action").asString().equals("passkey.activated"))
            .map(entry -> entry.at("/details/factor").asString(""))
            .toList();
    expect(
        factors.equals(List.of(factorId)),
        "the audit log says of " + person.login() + " that factors were activated: " + factors);
    long assigned =
        entries.stream()
            .filter(entry -> entry.required("action").asString().equals("passkey.assigned"))
            .count();
    expect(assigned == 1, person.login() + " was assigned a passkey " + assigned + " times");
  }

  private void signIn(Person person) {
    person.virtual().touchPolicy(TouchPolicy.automatic());
    person.virtual().plugIn();
    JsonNode answer =
        Api.anonymous(URI.create(org.origin()))
            .post(
                "/practice/api/keys/" + person.key() + "/sign-in",
                Map.of("login", "", "pin", Key.PIN))
            .json();
    boolean in =
        answer.path("signedIn").asBoolean(false)
            && answer.path("login").asString("").equals(person.login());
    expect(in, person.login() + " cannot sign in: " + answer);
    person.virtual().unplug();
  }
}
