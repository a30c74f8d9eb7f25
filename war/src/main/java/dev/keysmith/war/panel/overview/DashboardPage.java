package dev.keysmith.war.panel.overview;

import dev.keysmith.core.access.Role;
import dev.keysmith.core.key.SecurityKey;
import dev.keysmith.core.overview.Activity;
import dev.keysmith.core.overview.Attention;
import dev.keysmith.core.overview.Overview;
import dev.keysmith.core.passkey.Passkey;
import dev.keysmith.war.login.caller.CurrentOperator;
import dev.keysmith.war.menu.Page;
import dev.keysmith.war.panel.page.OnlyFor;
import dev.keysmith.war.panel.page.Viewer;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What there is, in figures, and what needs attention. */
@Named("dashboard")
@RequestScoped
@OnlyFor({Role.ADMINISTRATOR, Role.OPERATOR, Role.AUDITOR})
public class DashboardPage {

  private static final int CHART_HEIGHT = 120;
  private static final int PER_DAY = 20;
  private static final int LEAST_SCALE = 4;

  @Inject Overview overview;
  @Inject CurrentOperator current;
  @Inject Viewer viewer;

  private Overview.@Nullable Figures figures;

  /**
   * A day of the chart, in its units.
   *
   * @param x where its bars begin
   * @param assigned the height of the bar of passkeys assigned
   * @param activated the height of the bar of passkeys that became active
   */
  public record Bar(String day, int x, int assigned, int activated, long many, long ready) {}

  /** All figures. */
  public Overview.Figures getFigures() {
    if (figures == null) {
      figures = overview.figures(viewer.getZone());
    }
    return figures;
  }

  /** How many users are counted under a name. */
  public long users(String name) {
    return figure(name).count();
  }

  /** The list of those users. */
  public String userList(String name) {
    return Page.USERS.path() + query(figure(name).filters());
  }

  private Overview.Figure figure(String name) {
    return getFigures().users().stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** How many passkeys are in a state. */
  public long passkeys(String state) {
    return getFigures().passkeys().getOrDefault(Passkey.State.valueOf(state), 0L);
  }

  /** How many security keys are in a state. */
  public long keys(String state) {
    return getFigures().keys().getOrDefault(SecurityKey.State.valueOf(state), 0L);
  }

  /** How many security keys there are in all. */
  public long getAllKeys() {
    return getFigures().keys().values().stream().mapToLong(Long::longValue).sum();
  }

  /** The list of the keys of a model. */
  public String keyList(Overview.Model model) {
    return Page.KEYS.path() + query(Map.of("aaguid", model.aaguid(), "model", model.model()));
  }

  /** How wide the bar of a model is, in hundredths of the widest. */
  public long share(Overview.Model model) {
    long most = getFigures().models().stream().mapToLong(Overview.Model::keys).max().orElse(1);
    return Math.max(2, model.keys() * 100 / most);
  }

  /** Where an item that needs attention is looked after; empty if the panel has no page for it. */
  public String address(Attention.Item item) {
    Page page =
        switch (item.kind()) {
          case PASSKEYS_FAILED, PASSKEYS_WAIT_LONG, REMOVALS_PENDING -> Page.USERS;
          case LOST_KEYS_WITH_PASSKEYS -> Page.KEYS;
          case INTEGRATIONS_FAILING, DEAD_LETTERS -> Page.INTEGRATIONS;
          case IMPORTS_FAILED -> Page.IMPORTS;
        };
    if (!page.isFor(current.principal().role())) {
      return "";
    }
    return page.path() + query(filter(item.kind()));
  }

  private static Map<String, String> filter(Attention.Kind kind) {
    return switch (kind) {
      case PASSKEYS_FAILED -> Map.of("passkey", Passkey.State.FAILED.name());
      case PASSKEYS_WAIT_LONG -> Map.of("passkey", Passkey.State.ASSIGNED.name());
      case REMOVALS_PENDING -> Map.of("passkey", Passkey.State.REVOKED.name());
      case LOST_KEYS_WITH_PASSKEYS -> Map.of("state", SecurityKey.State.LOST.name());
      case INTEGRATIONS_FAILING, IMPORTS_FAILED, DEAD_LETTERS -> Map.of();
    };
  }

  /** The key of the words for what needs attention. */
  public String words(Attention.Item item) {
    return switch (item.kind()) {
      case PASSKEYS_FAILED -> "attention.passkeys-failed";
      case PASSKEYS_WAIT_LONG -> "attention.passkeys-wait-long";
      case REMOVALS_PENDING -> "attention.removals-pending";
      case LOST_KEYS_WITH_PASSKEYS -> "attention.lost-keys";
      case INTEGRATIONS_FAILING -> "attention.integrations";
      case IMPORTS_FAILED -> "attention.imports";
      case DEAD_LETTERS -> "attention.events";
    };
  }

  /** The last thirty days for the chart. */
  public List<Bar> getBars() {
    List<Activity.Day> days = getFigures().days();
    long most = getMost();
    List<Bar> bars = new ArrayList<>();
    for (Activity.Day day : days) {
      long assigned = day.actions().getOrDefault("passkey.assigned", 0L);
      long activated = day.actions().getOrDefault("passkey.activated", 0L);
      bars.add(
          new Bar(
              viewer.day(day.date()),
              bars.size() * PER_DAY,
              height(assigned, most),
              height(activated, most),
              assigned,
              activated));
    }
    return bars;
  }

  /** What the top of the chart stands for. */
  public long getMost() {
    return getFigures().days().stream()
        .flatMap(day -> day.actions().values().stream())
        .max(Comparator.naturalOrder())
        .filter(most -> most > LEAST_SCALE)
        .orElse((long) LEAST_SCALE);
  }

  private static int height(long count, long most) {
    return count == 0 ? 0 : (int) Math.max(2, count * CHART_HEIGHT / most);
  }

  /** Whether anything has happened in these days. */
  public boolean isQuiet() {
    return getBars().stream().allMatch(bar -> bar.many() + bar.ready() == 0);
  }

  private static String query(Map<String, String> filters) {
    return filters.isEmpty()
        ? ""
        : filters.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(each -> each.getKey() + "=" + encoded(each.getValue()))
            .collect(Collectors.joining("&", "?", ""));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
