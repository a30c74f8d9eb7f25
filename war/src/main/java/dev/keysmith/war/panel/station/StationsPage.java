package dev.keysmith.war.panel.station;

import dev.keysmith.core.access.Role;
import dev.keysmith.core.station.IssuedPairing;
import dev.keysmith.core.station.PairedStation;
import dev.keysmith.core.station.Serves;
import dev.keysmith.core.station.StationLinks;
import dev.keysmith.core.station.StationPairing;
import dev.keysmith.core.station.StationPairings;
import dev.keysmith.core.station.StationTerms;
import dev.keysmith.core.station.Stations;
import dev.keysmith.war.login.caller.CurrentOperator;
import dev.keysmith.war.login.panel.Reauthentication;
import dev.keysmith.war.panel.page.FacesActions;
import dev.keysmith.war.panel.page.OnlyFor;
import dev.keysmith.war.web.PublicAddress;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The stations: programs at desks that bring their security keys here. */
@Named("stations")
@RequestScoped
@OnlyFor(Role.ADMINISTRATOR)
public class StationsPage {

  @Inject Stations stations;
  @Inject StationPairings pairings;
  @Inject StationLinks links;
  @Inject CurrentOperator current;
  @Inject FacesActions acting;
  @Inject Reauthentication fresh;
  @Inject PublicAddress server;
  @Inject HttpServletRequest request;

  private String name = "";
  private String site = "";
  private Serves serves = Serves.OPERATORS;
  private long value;
  private String command = "";
  private @Nullable List<PairedStation> all;

  /** The name of a station. */
  public String getName() {
    return name;
  }

  /** Sets the name of a station. */
  public void setName(String name) {
    this.name = name;
  }

  /** Where a station stands. */
  public String getSite() {
    return site;
  }

  /** Sets where a station stands. */
  public void setSite(String site) {
    this.site = site;
  }

  /** Who may use the keys of a station. */
  public Serves getServes() {
    return serves;
  }

  /** Sets who may use the keys of a station. */
  public void setServes(Serves serves) {
    this.serves = serves;
  }

  /** The choices for {@link #getServes}. */
  public Serves[] getChoices() {
    return Serves.values();
  }

  /** The number of the station or the code that an action is about. */
  public long getValue() {
    return value;
  }

  /** Sets the number of the station or the code that an action is about. */
  public void setValue(long value) {
    this.value = value;
  }

  /** The line to type at the station, with the new code; shown this once. */
  public String getCommand() {
    return command;
  }

  /** All stations by name, revoked ones last. */
  public List<PairedStation> getAll() {
    if (all == null) {
      all = stations.list();
    }
    return all;
  }

  /** The codes that can be used still. */
  public List<StationPairing> getPairings() {
    return pairings.open();
  }

  /** Where a station stands: connected, away, changed outside or revoked. */
  public String state(PairedStation station) {
    if (station.revoked().isPresent()) {
      return "revoked";
    }
    if (station.isChangedOutside()) {
      return "changed";
    }
    return links.isConnected(station.id()) ? "connected" : "away";
  }

  /** How many security keys are plugged in at a station. */
  public int keys(PairedStation station) {
    return links.keysAt(station.id());
  }

  /** Why a station cannot list its keys, in the words of its plugins. */
  public Map<String, String> problems(PairedStation station) {
    return links.problemsAt(station.id());
  }

  private StationTerms terms(List<Long> groups) {
    return new StationTerms(name, site, serves, groups);
  }

  /** Issues a code. */
  public void pair() {
    acting.act(
        () -> {
          fresh.require(request);
          IssuedPairing issued = pairings.issue(current.actor(), terms(List.of()));
          try {
            command =
                "keysmith-station pair " + server.origin(request) + " " + new String(issued.code());
          } finally {
            Arrays.fill(issued.code(), '\0');
          }
        },
        "stations.issued");
  }

  /** Changes the name, the site and the people that a station serves; its groups stay. */
  public void change() {
    acting.act(
        () -> stations.change(current.actor(), value, terms(stations.find(value).groups())),
        "stations.changed");
  }

  /** Ends a pairing. */
  public void revoke() {
    acting.act(() -> stations.revoke(current.actor(), value), "stations.revoked");
  }

  /** Withdraws a code. */
  public void withdraw() {
    acting.act(() -> pairings.withdraw(current.actor(), value), "stations.withdrawn");
  }
}
