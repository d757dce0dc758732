#include "passport-service/publish/publish_loop.h"

#include <gtest/gtest.h>

#include <semaphore>

namespace passport {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::seconds;

TEST(PublishLoop, PublishesSoonAfterAChange) {
  std::counting_semaphore<> published(0);
  PublishLoop loop([&] { published.release(); }, hours(1), milliseconds(1));
  loop.Wake();
  EXPECT_TRUE(published.try_acquire_for(seconds(20)));
  loop.Wake();
  EXPECT_TRUE(published.try_acquire_for(seconds(20)));
}

TEST(PublishLoop, PublishesAtIntervalsWithoutAnyChange) {
  std::counting_semaphore<> published(0);
  PublishLoop loop([&] { published.release(); }, milliseconds(5), milliseconds(1));
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(published.try_acquire_for(seconds(20)));
}

TEST(PublishLoop, PublishesWhenSomethingBeginsBeforeTheInterval) {
  std::counting_semaphore<> published(0);
  PublishLoop loop([&] { published.release(); }, hours(1), milliseconds(1));
  loop.WakeIn(hours(24 * 365 * 8000));
  loop.WakeIn(milliseconds(20));
  loop.Wake();
  EXPECT_TRUE(published.try_acquire_for(seconds(20)));
  loop.WakeIn(milliseconds(5));
  EXPECT_TRUE(published.try_acquire_for(seconds(20)));
}

TEST(PublishLoop, IsWokenFromWithinAPublication) {
  std::counting_semaphore<> published(0);
  PublishLoop loop(
      [&] {
        published.release();
        loop.WakeIn(milliseconds(2));
      },
      hours(1), milliseconds(1));
  loop.Wake();
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(published.try_acquire_for(seconds(20)));
}

TEST(PublishLoop, ManyChangesAreOnePublicationAndNoneIsForgottenAtTheEnd) {
  int count = 0;
  {
    PublishLoop loop([&] { ++count; }, hours(1), hours(1));
    for (int i = 0; i < 1000; ++i) loop.Wake();
  }
  EXPECT_EQ(count, 1);
}

TEST(PublishLoop, EndsAtOnceWhenThereIsNothingToDo) {
  int count = 0;
  {
    const PublishLoop loop([&] { ++count; }, hours(1), hours(1));
  }
  EXPECT_EQ(count, 0);
}

}  // namespace
}  // namespace passport
