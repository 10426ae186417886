// A browser around WebKitGTK for WebKitWebDriver. MiniBrowser forgets everything when it is driven;
// this one keeps its profile, so that a killed browser can be started again on what was durable.
// Run by gjs: PROFILE [PROXY]
import Gtk from "gi://Gtk?version=3.0";
import WebKit2 from "gi://WebKit2?version=4.1";
import system from "system";

const [profile, proxy] = system.programArgs;

Gtk.init(null);
const data = new WebKit2.WebsiteDataManager({
  base_data_directory: `${profile}/data`,
  base_cache_directory: `${profile}/cache`,
});
if (proxy) {
  data.set_network_proxy_settings(WebKit2.NetworkProxyMode.CUSTOM, new WebKit2.NetworkProxySettings(proxy, null));
}
const context = new WebKit2.WebContext({ website_data_manager: data });
context.set_automation_allowed(true);

context.connect("automation-started", (_context, session) => {
  const info = new WebKit2.ApplicationInfo();
  info.set_name("WebKitGTK");
  info.set_version(WebKit2.get_major_version(), WebKit2.get_minor_version(), WebKit2.get_micro_version());
  session.set_application_info(info);
  session.connect("create-web-view", openView);
});

context.connect("download-started", (_context, download) => {
  download.connect("decide-destination", (_download, name) => {
    download.set_destination(`file://${profile}/downloads/${name}`);
    return true;
  });
});

Gtk.main();

function openView() {
  const view = new WebKit2.WebView({ web_context: context, is_controlled_by_automation: true });
  const window = new Gtk.Window({ default_width: 360, default_height: 740 });
  window.add(view);
  window.show_all();
  return view;
}
