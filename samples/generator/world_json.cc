#include <charconv>
#include <string>
#include <string_view>

#include "samples/generator/posts.h"
#include "samples/generator/world.h"

namespace passport {
namespace {

// Writes JSON in the order of the calls. Text is UTF-8 of our own making.
class JsonSheet {
 public:
  JsonSheet& Open(char bracket) {
    Comma();
    text_.push_back(bracket);
    first_ = true;
    return *this;
  }
  JsonSheet& Close(char bracket) {
    text_.push_back(bracket);
    first_ = false;
    return *this;
  }
  JsonSheet& Name(std::string_view name) {
    Comma();
    Quote(name);
    text_.append(": ");
    first_ = true;
    return *this;
  }
  JsonSheet& Text(std::string_view value) {
    Comma();
    Quote(value);
    return *this;
  }
  JsonSheet& Number(std::uint64_t value) {
    Comma();
    text_.append(std::to_string(value));
    return *this;
  }
  JsonSheet& NewLine() {
    Comma();
    first_ = true;
    text_.append("\n  ");
    return *this;
  }
  std::string Finish() && { return std::move(text_.append("\n")); }

 private:
  void Comma() {
    if (!first_) text_.append(", ");
    first_ = false;
  }
  void Quote(std::string_view value) {
    text_.push_back('"');
    for (const char c : value) {
      if (c == '"' || c == '\\') text_.push_back('\\');
      text_.push_back(c);
    }
    text_.push_back('"');
  }
  std::string text_;
  bool first_ = true;
};

void WriteOrganisations(const World& world, JsonSheet& json) {
  json.NewLine().Name("organisations").Open('[');
  for (const SampleOrganisation& organisation : world.organisations) {
    json.NewLine().Open('{').Name("id").Text(organisation.id).Name("name").Text(organisation.name);
    json.Name("type").Text(organisation.type).Name("sector").Text(organisation.sector).Name("kinds").Open('[');
    for (const std::string& kind : organisation.kinds) json.Text(kind);
    json.Close(']').Close('}');
  }
  json.Close(']');
}

// What no file holds.
void WriteRecords(const World& world, const SamplePerson& person, JsonSheet& json) {
  json.Name("records").Open('[');
  for (const SampleRecord& record : person.records) {
    json.NewLine().Open('{').Name("organisation").Text(world.organisations[record.organisation].id);
    json.Name("employee_number").Text(record.employee_number).Name("kind").Text(record.kind).Name("fields").Open('{');
    for (const auto& [name, value] : record.fields) json.Name(name).Text(value);
    json.Close('}').Close('}');
  }
  json.Close(']');
}

void WritePeople(const World& world, JsonSheet& json) {
  json.NewLine().Name("people").Open('[');
  for (const SamplePerson& person : world.people) {
    json.NewLine().Open('{').Name("id").Text(person.id).Name("given_names").Text(person.given_names);
    json.Name("family_name").Text(person.family_name).Name("jobs").Open('[');
    for (const SampleJob& job : person.jobs) {
      json.Open('{').Name("organisation").Text(world.organisations[job.organisation].id);
      json.Name("employee_number").Text(job.employee_number).Name("position").Text(Posts()[job.post].title).Close('}');
    }
    json.Close(']');
    if (!person.records.empty()) WriteRecords(world, person, json);
    json.Close('}');
  }
  json.Close(']');
}

void WriteFiles(std::string_view name, const std::vector<SampleFile>& files, const World& world, JsonSheet& json) {
  json.NewLine().Name(name).Open('[');
  for (const SampleFile& file : files) {
    json.NewLine().Open('{').Name("path").Text(file.path);
    json.Name("organisation").Text(world.organisations[file.organisation].id).Name("format").Text(file.format);
    json.Name("rows_good").Number(file.rows_good).Name("rows_bad").Number(file.bad_rows.size());
    json.Name("records").Number(file.records);
    if (!file.refused_with.empty()) json.Name("refused_with").Text(file.refused_with);
    json.Name("bad_rows").Open('[');
    for (const SampleBadRow& row : file.bad_rows) {
      json.Open('{').Name("line").Number(row.line).Name("reason").Text(row.reason).Name("column").Text(row.column);
      json.Name("about").Text(row.about).Close('}');
    }
    json.Close(']').Close('}');
  }
  json.Close(']');
}

void WriteStory(const World& world, JsonSheet& json) {
  json.NewLine().Name("story").Open('{');
  json.Name("ready").Text(world.people[world.story.ready].id);
  json.Name("not_ready").Text(world.people[world.story.not_ready].id);
  json.Name("not_ready_lacks").Open('[').Text("moving_and_handling").Text("information_governance").Close(']');
  json.Name("care_worker").Text(world.people[world.story.care_worker].id);
  json.Name("volunteer").Text(world.people[world.story.volunteer].id);
  json.Close('}');
}

}  // namespace

std::string WorldJson(const World& world) {
  JsonSheet json;
  json.Open('{').NewLine().Name("fictional").Text("Every person, organisation and number in here is invented.");
  json.NewLine().Name("today").Text(world.today.Text()).Name("seed").Number(world.seed);
  WriteStory(world, json);
  WriteOrganisations(world, json);
  WritePeople(world, json);
  WriteFiles("files", world.files, world, json);
  WriteFiles("variants", world.variants, world, json);
  return std::move(json.Close('}')).Finish();
}

}  // namespace passport
