from django.db import migrations, models


class Migration(migrations.Migration):
    """What a clinician cleared. Words recorded before stay as they are: null, which is read as a word about running."""

    dependencies = [
        ("store", "0004_plan_facts"),
    ]

    operations = [
        migrations.AddField(
            model_name="clearancefact",
            name="lifts",
            field=models.CharField(max_length=12, null=True),
        ),
    ]
